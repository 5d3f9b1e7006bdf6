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

import io.waypost.access.InvalidRequest;
import io.waypost.campaign.CampaignRequest;
import io.waypost.console.DurationFormat;
import io.waypost.console.RequestErrors;
import io.waypost.console.templates.TemplateView;
import org.jspecify.annotations.Nullable;

/**
 * A brief as its form sends it.
 *
 * @param name for people
 * @param template template key
 * @param segment canonical name of a segment
 * @param goal what it is to bring about, empty for the template's key
 * @param category what it is about, empty for anything
 * @param holdoutPercent share that gets no message
 * @param bestHourWithin hours within which each message goes at its person's best hour,
 * empty for everybody at once
 * @param schedule local date and time, empty for at once
 * @param zone in whose time that is, UTC when the browser did not say
 * @param test whether variants are tried first
 * @param variant names of the variants, empty ones are left out
 * @param subject subjects of their own, in the same order
 * @param metric what decides
 * @param testPercent share of the audience in the test
 * @param testLength how long until the first verdict
 * @param testUnit of the length: {@code M}, {@code H} or {@code D}
 * @param windowLength how long a reaction counts, empty for the whole test
 * @param windowUnit of that length, likewise
 */
record CampaignForm(@Nullable String name, @Nullable String template, @Nullable String segment, @Nullable String goal,
		@Nullable String category, @Nullable String holdoutPercent, @Nullable String bestHourWithin,
		@Nullable String schedule, @Nullable String zone, @Nullable Boolean test, @Nullable List<String> variant,
		@Nullable List<String> subject, @Nullable String metric, @Nullable String testPercent,
		@Nullable String testLength, @Nullable String testUnit, @Nullable String windowLength,
		@Nullable String windowUnit) {

	/** Rows for variants that are always shown. */
	static final int SHOWN = 2;

	private static final Set<String> LENGTHS = Set.of("bestHourWithin", "testLength", "windowLength");

	private static final String HOURS = "H";

	static CampaignForm empty() {
		return new CampaignForm("", "", "", "", "", "0", "", "", "", false, List.of("a", "b"), List.of(), "click", "20",
				"4", HOURS, "", HOURS);
	}

	/** The brief, as a program would post it. */
	CampaignRequest body() {
		return new CampaignRequest(orNull(this.name), orNull(this.goal), orNull(this.template), orNull(this.segment),
				orNull(this.category), when(), isTest() ? experiment() : null, number(this.holdoutPercent),
				DurationFormat.iso(this.bestHourWithin, HOURS));
	}

	/** The form as it is shown, again or for the first time. */
	TemplateView.FormView shown(@Nullable InvalidRequest refusal) {
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
		for (int row = 0; row < CampaignRequest.MAX_VARIANTS; row++) {
			values.put("variant-" + row, at(this.variant, row));
			values.put("subject-" + row, at(this.subject, row));
		}
		return new TemplateView.FormView(values, (refusal != null) ? problems(refusal) : Map.of());
	}

	/** Whether rows are filled in that are only shown on demand. */
	static boolean isLong(TemplateView.FormView form) {
		return IntStream.range(SHOWN, CampaignRequest.MAX_VARIANTS)
			.mapToObj((row) -> List.of("variant-" + row, "subject-" + row))
			.flatMap(List::stream)
			.anyMatch((field) -> !form.values().getOrDefault(field, "").isBlank());
	}

	/** A box that is not ticked is not sent at all. */
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

	/** The rows that are filled in, for the brief does not know of the others. */
	private List<Integer> rows() {
		List<Integer> rows = new ArrayList<>();
		for (int row = 0; row < CampaignRequest.MAX_VARIANTS; row++) {
			if (!at(this.variant, row).isBlank() || !at(this.subject, row).isBlank()) {
				rows.add(row);
			}
		}
		return rows;
	}

	/** Pointers are those of the brief; the form's fields are named otherwise. */
	private Map<String, List<String>> problems(InvalidRequest refusal) {
		Map<String, List<String>> problems = new LinkedHashMap<>();
		RequestErrors.violations(refusal).forEach((violation) -> {
			String field = field(violation.pointer());
			problems.computeIfAbsent(field, (name) -> new ArrayList<>())
				.add(LENGTHS.contains(field) ? DurationFormat.formatSentence(violation.detail()) : violation.detail());
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

	/** A time without an offset is nobody's; what cannot be read is refused as it is. */
	private @Nullable String when() {
		String wanted = orNull(this.schedule);
		if (wanted == null) {
			return null;
		}
		try {
			OffsetDateTime time = LocalDateTime.parse(wanted).atZone(zoneOrUtc()).toOffsetDateTime();
			return time.toString();
		}
		catch (DateTimeException unreadable) {
			return wanted;
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

	/** What is no number is none from 0 to 50 either. */
	private static @Nullable Double number(@Nullable String text) {
		String wanted = orNull(text);
		try {
			return (wanted != null) ? Double.valueOf(wanted) : null;
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
