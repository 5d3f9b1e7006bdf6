package io.waypost.campaign;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.agent.ContentVariant;
import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/**
 * A campaign brief in the API: the request body of POST and the brief in responses.
 *
 * @param name internal name
 * @param goal goal of the messages; default: the template's key
 * @param template key of the template
 * @param segment canonical name of a segment
 * @param category category of the catalogue; default: each recipient's preferred one
 * @param schedule send time, ISO 8601 with an offset; default: after the launch
 * @param experiment test of variants; default: none
 * @param holdoutPercent control group in percent; default: 0
 * @param bestHourWithin send-time optimisation window, ISO 8601 duration; default: none
 * @param offer key of the offer to announce; default: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignRequest(@Nullable String name, @Nullable String goal, @Nullable String template,
		@Nullable String segment, @Nullable String category, @Nullable String schedule,
		@Nullable ExperimentPlanRequest experiment, @Nullable Double holdoutPercent, @Nullable String bestHourWithin,
		@Nullable String offer) {

	/** Maximum number of variants of a test. */
	public static final int MAX_VARIANTS = 6;

	private static final Set<String> NUMBERS = Set.of("testPercent", "holdoutPercent");

	private static final Set<String> FLAT = Set.of("name", "goal", "template", "segment", "category", "schedule",
			"variants", "metric", "testPercent", "testDuration", "reactionWindow", "holdoutPercent", "bestHourWithin",
			"offer");

	/**
	 * Creates a request from flat fields, the variables of a process instance.
	 * @throws InvalidRequestException naming every field that a brief does not have or
	 * that has the wrong type
	 */
	static CampaignRequest of(Map<String, Object> fields) {
		List<Violation> violations = new TreeMap<>(fields).entrySet()
			.stream()
			.flatMap((field) -> violation(field.getKey(), field.getValue()).stream())
			.toList();
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
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
				number("holdoutPercent", fields), text(fields, "bestHourWithin"), text(fields, "offer"));
	}

	/** Creates the request that would give this brief. */
	static CampaignRequest of(CampaignBrief brief) {
		return new CampaignRequest(brief.name(), brief.goal(), brief.template(), brief.segment(), brief.category(),
				textOrNull(brief.schedule()), (brief.test() != null) ? ExperimentPlanRequest.of(brief.test()) : null,
				brief.holdoutPercent(), textOrNull(brief.bestHourWithin()), brief.offer());
	}

	private static @Nullable String textOrNull(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	private static @Nullable String text(Map<String, Object> fields, String name) {
		Object value = fields.get(name);
		return (value != null) ? value.toString() : null;
	}

	private static @Nullable Double number(String name, Map<String, Object> fields) {
		Object value = fields.get(name);
		return (value != null) ? Double.valueOf(value.toString()) : null;
	}

	private static Optional<Violation> violation(String name, @Nullable Object value) {
		if (!FLAT.contains(name)) {
			return Optional.of(new Violation("/" + name,
					"a campaign has no such variable; " + Suggestions.closest(name, FLAT)
						.map("did you mean '%s'?"::formatted)
						.orElseGet(() -> "it has " + String.join(", ", new TreeSet<>(FLAT)))));
		}
		if (NUMBERS.contains(name)) {
			return (value == null || isNumber(value)) ? Optional.empty()
					: Optional.of(new Violation("/" + name, "'%s' is not a number".formatted(value)));
		}
		return (value == null || value instanceof String) ? Optional.empty()
				: Optional.of(new Violation("/" + name, "'%s' is not a text".formatted(value)));
	}

	private static boolean isNumber(Object value) {
		try {
			return value instanceof Number || value instanceof String text && Double.isFinite(Double.parseDouble(text));
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	/**
	 * A test of variants.
	 *
	 * @param variants two to six, each a name or an object with name and texts; default:
	 * {@code a} and {@code b}
	 * @param metric winning metric, {@code click} or {@code conversion}; default:
	 * {@code click}
	 * @param testPercent part of the audience in the test; default: 20
	 * @param testDuration ISO 8601 duration until the first decision; default:
	 * {@code PT4H}
	 * @param reactionWindow conversion window, ISO 8601 duration; default: the
	 * testDuration
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record ExperimentPlanRequest(@Nullable List<@Nullable ContentVariantRequest> variants,
			@Nullable String metric, @Nullable Double testPercent, @Nullable String testDuration,
			@Nullable String reactionWindow) {

		private static ExperimentPlanRequest of(ExperimentPlan plan) {
			return new ExperimentPlanRequest(
					plan.variants().stream().<@Nullable ContentVariantRequest>map(ContentVariantRequest::of).toList(),
					plan.metric().name().toLowerCase(Locale.ROOT), plan.percent(), plan.duration().toString(),
					plan.reactionWindow().toString());
		}

	}

	/**
	 * A variant. Its texts are Liquid and replace those of the template.
	 *
	 * @param name name of the variant
	 * @param subject subject line, or null
	 * @param preheader preheader, or null
	 * @param headline headline, or null
	 * @param body body, or null
	 * @param callToAction label of the button, or null
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record ContentVariantRequest(@Nullable String name, @Nullable String subject, @Nullable String preheader,
			@Nullable String headline, @Nullable String body, @Nullable String callToAction) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static ContentVariantRequest named(String name) {
			return new ContentVariantRequest(name.strip(), null, null, null, null, null);
		}

		private static ContentVariantRequest of(ContentVariant variant) {
			return new ContentVariantRequest(variant.name(), variant.subject(), variant.preheader(), variant.headline(),
					variant.body(), variant.callToAction());
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
