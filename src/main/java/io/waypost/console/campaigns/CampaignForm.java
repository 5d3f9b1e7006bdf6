package io.waypost.console.campaigns;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import io.waypost.access.InvalidRequestException;
import io.waypost.campaign.CampaignRequest;
import io.waypost.console.DurationFormat;
import io.waypost.console.FormView;
import io.waypost.console.RequestErrors;
import org.jspecify.annotations.Nullable;

/**
 * Form of a new campaign.
 *
 * @param name internal name
 * @param template template key
 * @param segment segment name
 * @param goal goal, empty for the template's key
 * @param category product category, empty for any
 * @param holdoutPercent control group
 * @param bestHourWithin send-time optimisation window in hours, empty for none
 * @param schedule local date and time, empty for now
 * @param zone time zone of the schedule, UTC when empty
 * @param test whether it is an A/B test
 * @param variant names of the variants; empty ones are left out
 * @param subject subject lines of the variants, in the same order
 * @param metric winning metric
 * @param testPercent share of the audience in the test
 * @param testLength test duration
 * @param testUnit its unit: {@code M}, {@code H} or {@code D}
 * @param windowLength conversion window, empty for the test duration
 * @param windowUnit its unit
 * @param offer key of the offer, empty for none
 */
record CampaignForm(@Nullable String name, @Nullable String template, @Nullable String segment, @Nullable String goal,
		@Nullable String category, @Nullable String holdoutPercent, @Nullable String bestHourWithin,
		@Nullable String schedule, @Nullable String zone, @Nullable Boolean test, @Nullable List<String> variant,
		@Nullable List<String> subject, @Nullable String metric, @Nullable String testPercent,
		@Nullable String testLength, @Nullable String testUnit, @Nullable String windowLength,
		@Nullable String windowUnit, @Nullable String offer) {

	/** Variants that are always shown. */
	static final int SHOWN_VARIANTS = 2;

	private static final Set<String> LENGTHS = Set.of("bestHourWithin", "testLength", "windowLength");

	private static final String HOURS = "H";

	static CampaignForm empty() {
		return new CampaignForm("", "", "", "", "", "0", "", "", "", false, List.of("a", "b"), List.of(), "click", "20",
				"4", HOURS, "", HOURS, "");
	}

	/** Makes the request that the API takes. */
	CampaignRequest body() {
		return new CampaignRequest(orNull(this.name), orNull(this.goal), orNull(this.template), orNull(this.segment),
				orNull(this.category), when(), isTest() ? experiment() : null, number(this.holdoutPercent),
				DurationFormat.iso(this.bestHourWithin, HOURS), orNull(this.offer));
	}

	/** Makes the view of the form, with the errors of a refused request. */
	FormView view(@Nullable InvalidRequestException refused, DurationFormat durations) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("name", text(this.name));
		values.put("template", text(this.template));
		values.put("segment", text(this.segment));
		values.put("goal", text(this.goal));
		values.put("category", text(this.category));
		values.put("holdoutPercent", text(this.holdoutPercent));
		values.put("bestHourWithin", text(this.bestHourWithin));
		values.put("schedule", text(this.schedule));
		values.put("test", String.valueOf(isTest()));
		values.put("metric", text(this.metric));
		values.put("testPercent", text(this.testPercent));
		values.put("testLength", text(this.testLength));
		values.put("testUnit", text(this.testUnit));
		values.put("windowLength", text(this.windowLength));
		values.put("windowUnit", text(this.windowUnit));
		values.put("offer", text(this.offer));
		for (int row = 0; row < CampaignRequest.MAX_VARIANTS; row++) {
			values.put("variant-" + row, at(this.variant, row));
			values.put("subject-" + row, at(this.subject, row));
		}
		return new FormView(values, (refused != null) ? problems(refused, durations) : Map.of());
	}

	/** Checks whether variants are filled in that are hidden by default. */
	static boolean isLong(FormView form) {
		return IntStream.range(SHOWN_VARIANTS, CampaignRequest.MAX_VARIANTS)
			.mapToObj((row) -> List.of("variant-" + row, "subject-" + row))
			.flatMap(List::stream)
			.anyMatch((field) -> !form.values().getOrDefault(field, "").isBlank());
	}

	/** Browsers do not send an unchecked checkbox. */
	private boolean isTest() {
		return this.test != null && this.test;
	}

	private CampaignRequest.ExperimentPlanRequest experiment() {
		List<CampaignRequest.@Nullable ContentVariantRequest> variants = new ArrayList<>();
		rows().forEach((row) -> variants.add(new CampaignRequest.ContentVariantRequest(at(this.variant, row).strip(),
				orNull(at(this.subject, row)), null, null, null, null)));
		return new CampaignRequest.ExperimentPlanRequest(variants, orNull(this.metric), number(this.testPercent),
				DurationFormat.iso(this.testLength, this.testUnit),
				DurationFormat.iso(this.windowLength, this.windowUnit));
	}

	/** Returns the indexes of the variants that are filled in. */
	private List<Integer> rows() {
		List<Integer> rows = new ArrayList<>();
		for (int row = 0; row < CampaignRequest.MAX_VARIANTS; row++) {
			if (!at(this.variant, row).isBlank() || !at(this.subject, row).isBlank()) {
				rows.add(row);
			}
		}
		return rows;
	}

	/** Converts the request's JSON pointers to field names of the form. */
	private Map<String, List<String>> problems(InvalidRequestException refused, DurationFormat durations) {
		Map<String, List<String>> problems = new LinkedHashMap<>();
		RequestErrors.violations(refused).forEach((violation) -> {
			String field = field(violation.pointer());
			problems.computeIfAbsent(field, (name) -> new ArrayList<>())
				.add(LENGTHS.contains(field) ? durations.formatSentence(violation.detail()) : violation.detail());
		});
		return problems;
	}

	private String field(String pointer) {
		String path = pointer.replaceFirst("^/(experiment/)?", "");
		if (!path.startsWith("variants")) {
			return switch (path) {
				case "testDuration" -> "testLength";
				case "reactionWindow" -> "windowLength";
				default -> path;
			};
		}
		String[] parts = path.split("/", -1);
		if (parts.length < 2) {
			return "variants";
		}
		int number = Integer.parseInt(parts[1]);
		int row = (number < rows().size()) ? rows().get(number) : number;
		return ((parts.length > 2) ? "subject-" : "variant-") + row;
	}

	/**
	 * Converts the local time to a time with offset. Other input is returned unchanged,
	 * so that the request is refused with it.
	 */
	private @Nullable String when() {
		String input = orNull(this.schedule);
		if (input == null) {
			return null;
		}
		try {
			OffsetDateTime time = LocalDateTime.parse(input).atZone(zoneOrUtc()).toOffsetDateTime();
			return time.toString();
		}
		catch (DateTimeException unreadable) {
			return input;
		}
	}

	private ZoneId zoneOrUtc() {
		try {
			return (orNull(this.zone) != null) ? ZoneId.of(text(this.zone)) : ZoneOffset.UTC;
		}
		catch (DateTimeException unknown) {
			return ZoneOffset.UTC;
		}
	}

	/** Returns NaN for other input, so that the request is refused. */
	private static @Nullable Double number(@Nullable String text) {
		String input = orNull(text);
		try {
			return (input != null) ? Double.valueOf(input) : null;
		}
		catch (NumberFormatException malformed) {
			return Double.NaN;
		}
	}

	private static String at(@Nullable List<String> values, int row) {
		return (values != null && row < values.size()) ? text(values.get(row)) : "";
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	private static String text(@Nullable String value) {
		return Objects.requireNonNullElse(value, "");
	}

}
