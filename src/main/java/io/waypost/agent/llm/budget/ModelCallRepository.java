package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget.CallResult;
import io.waypost.agent.llm.budget.ModelBudget.SpendRequest;
import io.waypost.database.SqlTime;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores calls of language models. Texts are redacted here, so no caller can forget it.
 */
@Repository
class ModelCallRepository {

	static final int AT_ONCE = 1_000;

	private final JdbcClient jdbc;

	private final PromptRedactor redactor;

	ModelCallRepository(JdbcClient jdbc, PromptRedactor redactor) {
		this.jdbc = jdbc;
		this.redactor = redactor;
	}

	/**
	 * Redacts the prompt of a call. That takes milliseconds: do it before the
	 * transaction, which makes other calls wait.
	 */
	RedactedRequest redact(SpendRequest request) {
		return new RedactedRequest(request, this.redactor.redact(request.prompt()));
	}

	void insert(UUID id, RedactedRequest redacted, BigDecimal amount, Instant now, LocalDate day) {
		SpendRequest request = redacted.request();
		CampaignId campaign = request.campaign();
		this.jdbc.sql("""
				insert into agent.model_call (tenant_id, id, at, day, purpose, campaign_id, recipients, provider, model,
					key, prompt_version, prompt, reserved, state)
				values (:tenant, :id, :at, :day, :purpose, :campaign, :recipients, :provider, :model, :key,
					:promptVersion, :prompt, :reserved, 'reserved')
				""")
			.param("tenant", request.tenant().value())
			.param("id", id)
			.param("at", SqlTime.of(now))
			.param("day", day)
			.param("purpose", code(request.purpose()))
			.param("campaign", (campaign != null) ? campaign.value() : null)
			.param("recipients", request.recipients())
			.param("provider", request.provider())
			.param("model", request.model())
			.param("key", request.key())
			.param("promptVersion", request.promptVersion())
			.param("prompt", redacted.prompt())
			.param("reserved", amount)
			.update();
	}

	/** Reads what is booked for a call, which only this transaction can change now. */
	Optional<StoredReservation> lock(TenantId tenant, UUID call) {
		return this.jdbc.sql("""
				select id, day, campaign_id, purpose, provider, model, state, reserved, coalesce(cost, 0) as cost
				from agent.model_call where tenant_id = ? and id = ? for update
				""").params(tenant.value(), call).query((row, number) -> reservation(tenant, row)).optional();
	}

	private static StoredReservation reservation(TenantId tenant, ResultSet row) throws SQLException {
		UUID campaign = row.getObject("campaign_id", UUID.class);
		return new StoredReservation(tenant, row.getObject("id", UUID.class), row.getObject("day", LocalDate.class),
				(campaign != null) ? new CampaignId(campaign) : null, row.getString("purpose"),
				row.getString("provider"), row.getString("model"), ModelCallState.of(row.getString("state")),
				row.getBigDecimal("reserved"), row.getBigDecimal("cost"));
	}

	/** Stores result and cost of a call. */
	void finish(StoredReservation call, ModelCallState state, BigDecimal cost, CallResult result,
			@Nullable TokenUsage usage) {
		this.jdbc.sql("""
				update agent.model_call set state = :state, cost = :cost, outcome = :outcome, reported_model = :model,
					answer = :answer, latency_ms = :latency, input_tokens = :input, cache_read_tokens = :cacheRead,
					cache_write_tokens = :cacheWrite, output_tokens = :output
				where tenant_id = :tenant and id = :id
				""")
			.param("state", state.key())
			.param("cost", cost)
			.param("outcome", PromptRedactor.code(result.outcome()))
			.param("model", PromptRedactor.code(result.model()))
			.param("answer", this.redactor.redactNullable(result.answer()))
			.param("latency", result.latency().toMillis())
			.param("input", (usage != null) ? usage.input() : null)
			.param("cacheRead", (usage != null) ? usage.cacheRead() : null)
			.param("cacheWrite", (usage != null) ? usage.cacheWrite() : null)
			.param("output", (usage != null) ? usage.output() : null)
			.param("tenant", call.tenant().value())
			.param("id", call.call())
			.update();
	}

	/** Lists calls, newest first. Ids are in the order of time. */
	List<ModelCall> list(TenantId tenant, @Nullable UUID campaign, @Nullable ModelPurpose purpose,
			@Nullable UUID before, int limit) {
		// Only the conditions that apply: one plan for all filters would use no index
		String conditions = ((campaign != null) ? " and campaign_id = :campaign" : "")
				+ ((purpose != null) ? " and purpose = :purpose" : "") + ((before != null) ? " and id < :before" : "");
		return this.jdbc
			.sql("select " + ModelCall.COLUMNS + " from agent.model_call where tenant_id = :tenant" + conditions
					+ " order by id desc limit :limit")
			.param("tenant", tenant.value())
			.param("campaign", campaign)
			.param("purpose", (purpose != null) ? code(purpose) : null)
			.param("before", before)
			.param("limit", limit)
			.query((row, number) -> ModelCall.listed(row))
			.list();
	}

	Optional<ModelCall> find(TenantId tenant, UUID call) {
		return this.jdbc
			.sql("select prompt, answer, " + ModelCall.COLUMNS
					+ " from agent.model_call where tenant_id = ? and id = ?")
			.params(tenant.value(), call)
			.query((row, number) -> ModelCall.withTexts(row))
			.optional();
	}

	private static String code(ModelPurpose purpose) {
		return purpose.name().toLowerCase(Locale.ROOT);
	}

	/** Finds calls of all tenants that are reserved since before a time. */
	List<OverdueCall> overdue(Instant before) {
		return this.jdbc.sql("""
				select tenant_id, id from agent.model_call where state = 'reserved' and at < ? order by at limit ?
				""")
			.params(SqlTime.of(before), AT_ONCE)
			.query((row, number) -> new OverdueCall(new TenantId(row.getString(1)), row.getObject(2, UUID.class)))
			.list();
	}

	/** Deletes calls of all tenants before a day; true if there may be more. */
	boolean deleteBefore(LocalDate day) {
		return this.jdbc.sql("""
				delete from agent.model_call where (tenant_id, id) in (select tenant_id, id from agent.model_call
					where day < :day and state <> 'reserved' limit :limit for update skip locked)
				""").param("day", day).param("limit", AT_ONCE).update() == AT_ONCE;
	}

	/**
	 * A request whose prompt can be stored.
	 *
	 * @param request the request
	 * @param prompt its prompt without identifiers
	 */
	record RedactedRequest(SpendRequest request, String prompt) {

	}

	/**
	 * A call whose node has probably died.
	 *
	 * @param tenant the tenant
	 * @param call id of the call
	 */
	record OverdueCall(TenantId tenant, UUID call) {

	}

}
