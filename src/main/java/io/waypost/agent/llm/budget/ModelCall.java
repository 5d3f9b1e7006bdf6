package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.waypost.database.SqlTime;
import org.jspecify.annotations.Nullable;

/**
 * A call of a language model as it is stored, redacted.
 *
 * @param id id of the call
 * @param at start of the call
 * @param purpose write, judge or plan
 * @param campaignId the campaign that pays, null for a journey
 * @param provider name of the provider
 * @param model name of the model
 * @param reportedModel name as the provider reports it, null when unknown
 * @param key identifies the work
 * @param promptVersion name and version of the prompt
 * @param inputTokens prompt tokens outside the provider's cache, null when unknown
 * @param cacheReadTokens prompt tokens read from the cache
 * @param cacheWriteTokens prompt tokens written to the cache
 * @param outputTokens tokens of the answer
 * @param reserved highest possible cost in US dollars
 * @param cost cost in US dollars, null while the call is running
 * @param state reserved, settled, kept or released
 * @param outcome result of the call, null while it is running
 * @param latencyMillis time from request to answer
 * @param prompt the rendered prompt; not in lists
 * @param answer the answer; not in lists
 */
record ModelCall(UUID id, Instant at, String purpose, @Nullable UUID campaignId, String provider, String model,
		@Nullable String reportedModel, String key, String promptVersion, @Nullable Long inputTokens,
		@Nullable Long cacheReadTokens, @Nullable Long cacheWriteTokens, @Nullable Long outputTokens,
		BigDecimal reserved, @Nullable BigDecimal cost, String state, @Nullable String outcome,
		@Nullable Long latencyMillis, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String prompt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String answer) {

	/** Columns of a list. */
	static final String COLUMNS = """
			id, at, purpose, campaign_id, provider, model, reported_model, key, prompt_version, input_tokens,
			cache_read_tokens, cache_write_tokens, output_tokens, reserved, cost, state, outcome, latency_ms""";

	static ModelCall listed(ResultSet row) throws SQLException {
		return read(row, null, null);
	}

	static ModelCall withTexts(ResultSet row) throws SQLException {
		return read(row, row.getString("prompt"), row.getString("answer"));
	}

	private static ModelCall read(ResultSet row, @Nullable String prompt, @Nullable String answer) throws SQLException {
		return new ModelCall(row.getObject("id", UUID.class), SqlTime.read(row, "at"), row.getString("purpose"),
				row.getObject("campaign_id", UUID.class), row.getString("provider"), row.getString("model"),
				row.getString("reported_model"), row.getString("key"), row.getString("prompt_version"),
				row.getObject("input_tokens", Long.class), row.getObject("cache_read_tokens", Long.class),
				row.getObject("cache_write_tokens", Long.class), row.getObject("output_tokens", Long.class),
				row.getBigDecimal("reserved"), row.getBigDecimal("cost"), row.getString("state"),
				row.getString("outcome"), row.getObject("latency_ms", Long.class), prompt, answer);
	}

}
