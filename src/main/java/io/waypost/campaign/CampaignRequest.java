package io.waypost.campaign;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.waypost.access.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * A brief as a request brings it.
 *
 * @param name for people
 * @param goal what it is to bring about; the template's key when left out
 * @param template template key
 * @param segment canonical name of a segment
 * @param category what it is about; anything when left out
 * @param schedule ISO 8601 with an offset; at once when left out
 * @param experiment how variants are tried first; everybody at once when left out
 * @param holdoutPercent share that gets no message; none when left out
 * @param bestHourWithin ISO 8601 duration within which each message goes at its person's
 * best hour; at once when left out
 */
public record CampaignRequest(@Nullable String name, @Nullable String goal, @Nullable String template,
		@Nullable String segment, @Nullable String category, @Nullable String schedule,
		@Nullable ExperimentPlanRequest experiment, @Nullable Double holdoutPercent, @Nullable String bestHourWithin) {

	/** How many variants a test may have at the most. */
	public static final int MOST_VARIANTS = 6;

	/** A brief whose parts lie side by side. */
	static CampaignRequest of(Map<String, Object> fields) {
		String variants = text(fields, "variants");
		boolean test = variants != null || fields.get("testPercent") != null || fields.get("testDuration") != null
				|| fields.get("metric") != null || fields.get("reactionWindow") != null;
		return new CampaignRequest(text(fields, "name"), text(fields, "goal"), text(fields, "template"),
				text(fields, "segment"), text(fields, "category"), text(fields, "schedule"),
				test ? new ExperimentPlanRequest(
						(variants != null) ? Stream.of(variants.split(",", -1))
							.<@Nullable ContentVariantRequest>map(ContentVariantRequest::named)
							.toList() : null,
						text(fields, "metric"), number("testPercent", fields), text(fields, "testDuration"),
						text(fields, "reactionWindow")) : null,
				number("holdoutPercent", fields), text(fields, "bestHourWithin"));
	}

	private static @Nullable String text(Map<String, Object> fields, String name) {
		Object value = fields.get(name);
		return (value != null) ? value.toString() : null;
	}

	private static @Nullable Double number(String name, Map<String, Object> fields) {
		Object value = fields.get(name);
		try {
			return (value != null) ? Double.valueOf(value.toString()) : null;
		}
		catch (NumberFormatException malformed) {
			throw InvalidRequest.badRequest("/" + name, "'%s' is no number".formatted(value));
		}
	}

	/**
	 * A test.
	 *
	 * @param variants two to six, each a name or a name with texts of its own; {@code a}
	 * and {@code b} when left out
	 * @param metric {@code click} or {@code conversion}; clicks when left out
	 * @param testPercent share of the audience in the test; 20 when left out
	 * @param testDuration ISO 8601 duration until the first verdict; {@code PT4H} when
	 * left out
	 * @param reactionWindow ISO 8601 duration for which a reaction counts; the
	 * testDuration when left out
	 */
	public record ExperimentPlanRequest(@Nullable List<@Nullable ContentVariantRequest> variants,
			@Nullable String metric, @Nullable Double testPercent, @Nullable String testDuration,
			@Nullable String reactionWindow) {

	}

	/**
	 * A variant. Texts are Liquid and go before those of the template.
	 *
	 * @param name of the variant
	 * @param subject its own, or none
	 * @param preheader its own, or none
	 * @param headline its own, or none
	 * @param body its own, or none
	 * @param callToAction its own, or none
	 */
	public record ContentVariantRequest(@Nullable String name, @Nullable String subject, @Nullable String preheader,
			@Nullable String headline, @Nullable String body, @Nullable String callToAction) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static ContentVariantRequest named(String name) {
			return new ContentVariantRequest(name.strip(), null, null, null, null, null);
		}

		@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
		static ContentVariantRequest of(@JsonProperty("name") @Nullable String name,
				@JsonProperty("subject") @Nullable String subject,
				@JsonProperty("preheader") @Nullable String preheader,
				@JsonProperty("headline") @Nullable String headline, @JsonProperty("body") @Nullable String body,
				@JsonProperty("callToAction") @Nullable String callToAction) {
			return new ContentVariantRequest(name, subject, preheader, headline, body, callToAction);
		}

	}

}
