package io.waypost.campaign.brief;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.RequestTime;
import io.waypost.agent.ContentVariant;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.CampaignRequest;
import io.waypost.campaign.ExperimentPlan;
import io.waypost.content.TemplateRenderer;
import io.waypost.experiment.GoalMetric;
import org.jspecify.annotations.Nullable;

/**
 * Parses a campaign request and collects its violations. Use one instance per request.
 */
final class CampaignBriefParser {

	private static final Pattern VARIANT = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");

	private static final Duration MIN_TEST_DURATION = Duration.ofMinutes(1);

	private static final Duration DEFAULT_TEST_DURATION = Duration.ofHours(4);

	private static final Duration MAX_OPTIMISATION_WINDOW = Duration.ofHours(24);

	private static final Duration MAX_TEST_DURATION = Duration.ofDays(14);

	private final List<Violation> violations = new ArrayList<>();

	private final TemplateRenderer templateRenderer;

	private final Instant now;

	CampaignBriefParser(TemplateRenderer templateRenderer, Clock clock) {
		this.templateRenderer = templateRenderer;
		this.now = clock.instant();
	}

	/**
	 * Parses a request.
	 * @throws InvalidRequestException with every violation
	 */
	CampaignBrief parse(CampaignRequest body) {
		String template = text("/template", body.template(), 64);
		String goal = (body.goal() == null) ? template : text("/goal", body.goal(), 64);
		CampaignBrief brief = new CampaignBrief(text("/name", body.name(), 200), goal, template,
				text("/segment", body.segment(), 64),
				(body.category() != null) ? text("/category", body.category(), 100) : null, schedule(body.schedule()),
				test(body.experiment()), percent("/holdoutPercent", body.holdoutPercent(), 0, 0, 50),
				bestHour(body.bestHourWithin()), (body.offer() != null) ? text("/offer", body.offer(), 64) : null);
		if (!this.violations.isEmpty()) {
			throw InvalidRequestException.badRequest(this.violations);
		}
		return brief;
	}

	/** Returns the violation of a send time in the past, null for other times. */
	static @Nullable Violation pastSchedule(@Nullable Instant schedule, Instant now) {
		if (schedule == null || !schedule.isBefore(now)) {
			return null;
		}
		return new Violation("/schedule",
				"%s is in the past (now: %s); give a later time, or omit it to send after the launch"
					.formatted(schedule, now));
	}

	private @Nullable Instant schedule(@Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			Instant schedule = RequestTime.parse(text);
			Violation past = pastSchedule(schedule, this.now);
			if (past != null) {
				this.violations.add(past);
			}
			return schedule;
		}
		catch (DateTimeException ex) {
			addViolation("/schedule", "'%s' is not a time with an offset such as 2026-12-01T09:00:00Z".formatted(text));
			return null;
		}
	}

	private @Nullable ExperimentPlan test(CampaignRequest.@Nullable ExperimentPlanRequest requested) {
		if (requested == null) {
			return null;
		}
		Duration duration = duration("/experiment/testDuration", requested.testDuration(), DEFAULT_TEST_DURATION);
		Duration window = duration("/experiment/reactionWindow", requested.reactionWindow(), duration);
		if (window.compareTo(duration) > 0) {
			addViolation("/experiment/reactionWindow",
					"%s is longer than the test, %s; results would be incomplete at its end".formatted(window,
							duration));
		}
		return new ExperimentPlan(variants(requested.variants()), metric(requested.metric()),
				percent("/experiment/testPercent", requested.testPercent(), 20, 1, 100), duration, window);
	}

	private List<ContentVariant> variants(@Nullable List<CampaignRequest.@Nullable ContentVariantRequest> requested) {
		if (requested == null) {
			return List.of(ContentVariant.named("a"), ContentVariant.named("b"));
		}
		List<ContentVariant> variants = new ArrayList<>();
		for (int at = 0; at < requested.size(); at++) {
			variant("/experiment/variants/" + at, requested.get(at)).ifPresent(variants::add);
		}
		if (requested.size() < 2 || requested.size() > CampaignRequest.MAX_VARIANTS
				|| variants.stream().map(ContentVariant::name).distinct().count() < variants.size()) {
			addViolation("/experiment/variants", "%d variants given; there must be two to %d, each with its own name"
				.formatted(requested.size(), CampaignRequest.MAX_VARIANTS));
		}
		return variants;
	}

	private Optional<ContentVariant> variant(String pointer,
			CampaignRequest.@Nullable ContentVariantRequest requested) {
		String name = (requested != null) ? requested.name() : null;
		if (requested == null || name == null || !VARIANT.matcher(name).matches()) {
			addViolation(pointer, "'%s' is not a name of lower-case letters, digits and hyphens".formatted(name));
			return Optional.empty();
		}
		liquid(pointer + "/subject", requested.subject());
		liquid(pointer + "/preheader", requested.preheader());
		liquid(pointer + "/headline", requested.headline());
		liquid(pointer + "/body", requested.body());
		liquid(pointer + "/callToAction", requested.callToAction());
		return Optional.of(new ContentVariant(name, requested.subject(), requested.preheader(), requested.headline(),
				requested.body(), requested.callToAction()));
	}

	/** Validates Liquid; an unknown merge tag would be empty in every message. */
	private void liquid(String pointer, @Nullable String text) {
		if (text != null) {
			this.templateRenderer.problems(text).forEach((problem) -> addViolation(pointer, problem));
		}
	}

	private GoalMetric metric(@Nullable String name) {
		if (name == null) {
			return GoalMetric.CLICK;
		}
		for (GoalMetric metric : GoalMetric.values()) {
			if (metric.name().toLowerCase(Locale.ROOT).equals(name)) {
				return metric;
			}
		}
		addViolation("/experiment/metric",
				"'%s' is not a metric; use click or conversion (opens are unreliable)".formatted(name));
		return GoalMetric.CLICK;
	}

	/** Parses the send-time optimisation window, one hour to one day. */
	private @Nullable Duration bestHour(@Nullable String text) {
		return (text == null) ? null : duration("/bestHourWithin", text, MAX_OPTIMISATION_WINDOW, Duration.ofHours(1));
	}

	private Duration duration(String pointer, @Nullable String text, Duration fallback) {
		return (text == null) ? fallback : duration(pointer, text, MAX_TEST_DURATION, MIN_TEST_DURATION);
	}

	private Duration duration(String pointer, String text, Duration max, Duration min) {
		try {
			Duration duration = Duration.parse(text);
			if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
				return duration;
			}
			addViolation(pointer, "%s is not between %s and %s".formatted(text, min, max));
		}
		catch (DateTimeException ex) {
			addViolation(pointer, "'%s' is not an ISO 8601 duration such as PT4H".formatted(text));
		}
		return max;
	}

	private double percent(String pointer, @Nullable Double requested, double fallback, double min, double max) {
		if (requested == null) {
			return fallback;
		}
		if (!(requested >= min && requested <= max)) {
			addViolation(pointer, "%s must be from %s to %s".formatted(requested, min, max));
		}
		return requested;
	}

	private String text(String pointer, @Nullable String value, int max) {
		OptionalInt control = (value != null) ? value.chars().filter(Character::isISOControl).findFirst()
				: OptionalInt.empty();
		if (control.isPresent()) {
			addViolation(pointer, "contains the control character U+%04X, such as a tab or a line break; remove it"
				.formatted(control.getAsInt()));
			return "";
		}
		if (value == null || value.isBlank() || value.length() > max) {
			addViolation(pointer, ((value == null) ? "is missing; it" : "'" + value.strip() + "'")
					+ " must be a string of 1 to %d characters".formatted(max));
			return "";
		}
		return value.strip();
	}

	private void addViolation(String pointer, String detail) {
		this.violations.add(new Violation(pointer, detail));
	}

}
