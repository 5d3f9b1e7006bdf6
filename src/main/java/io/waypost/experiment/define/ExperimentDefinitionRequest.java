package io.waypost.experiment.define;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.waypost.access.InvalidRequest;
import io.waypost.access.InvalidRequest.Violation;
import io.waypost.experiment.AllocationMode;
import io.waypost.experiment.Arm;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentTiming;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.GuardrailLimit;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.TrafficAllocation;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as a request brings it. Only key, owner and arms are needed; durations
 * are ISO 8601.
 */
record ExperimentDefinitionRequest(@Nullable String key, @Nullable String owner, @Nullable List<ArmRequest> arms,
		@Nullable String defaultArm, @Nullable String metric, @Nullable List<GuardrailRequest> guardrails,
		@Nullable TimingRequest pace, @Nullable TrafficRequest reach, @Nullable String mode,
		@Nullable Double uniformShare, @Nullable Long plannedUsers, @Nullable String currency) {

	record ArmRequest(@Nullable String key, @Nullable Double weight) {

	}

	record GuardrailRequest(@Nullable String harm, @Nullable Double margin) {

	}

	record TimingRequest(@Nullable String window, @Nullable String minimumRun, @Nullable String deadline,
			@Nullable String extension, @Nullable Integer extensions) {

	}

	record TrafficRequest(@Nullable String layer, @Nullable Double traffic, @Nullable Double holdout,
			@Nullable Boolean globalHoldout) {

	}

	/**
	 * The definition.
	 * @return what the request asks for
	 * @throws InvalidRequest naming everything that is wrong
	 */
	ExperimentDefinition toDefinition() {
		List<Violation> violations = new ArrayList<>();
		List<Arm> named = readArms(violations);
		ExperimentDefinition definition = new ExperimentDefinition(or(this.key, ""), or(this.owner, ""), named,
				or(this.defaultArm, named.isEmpty() ? "" : named.getFirst().key()),
				name(GoalMetric.values(), or(this.metric, "CLICK"), "/metric", violations), readGuardrails(violations),
				readPace(violations), readReach(),
				name(AllocationMode.values(), or(this.mode, "FIXED"), "/mode", violations),
				or(this.uniformShare, ExperimentDefinition.DEFAULT_UNIFORM_SHARE),
				or(this.plannedUsers, ExperimentDefinition.DEFAULT_PLANNED_USERS), this.currency);
		ExperimentValidator.of(definition)
			.forEach((flaw) -> violations.add(new Violation(flaw.pointer(), flaw.detail())));
		if (!violations.isEmpty()) {
			throw InvalidRequest.badRequest(violations);
		}
		return definition;
	}

	private List<Arm> readArms(List<Violation> violations) {
		List<Arm> read = new ArrayList<>();
		for (ArmRequest arm : or(this.arms, List.<ArmRequest>of())) {
			if (arm == null) {
				violations
					.add(new Violation("/arms/" + read.size(), "is null; it must be {\"key\": …, \"weight\": …}"));
				continue;
			}
			read.add(new Arm(or(arm.key(), ""), or(arm.weight(), 1.0)));
		}
		return read;
	}

	private List<GuardrailLimit> readGuardrails(List<Violation> violations) {
		if (this.guardrails == null) {
			return ExperimentDefinition.DEFAULT_GUARDRAILS;
		}
		List<GuardrailLimit> read = new ArrayList<>();
		for (GuardrailRequest guardrail : this.guardrails) {
			String place = "/guardrails/" + read.size();
			if (guardrail == null || guardrail.margin() == null) {
				violations.add(new Violation(place,
						"needs a harm and a margin, such as {\"harm\": \"COMPLAINT\"," + " \"margin\": 0.0005}"));
				continue;
			}
			read.add(new GuardrailLimit(
					name(GuardrailMetric.values(), or(guardrail.harm(), ""), place + "/harm", violations),
					guardrail.margin()));
		}
		return read;
	}

	private ExperimentTiming readPace(List<Violation> violations) {
		TimingRequest wanted = (this.pace != null) ? this.pace : new TimingRequest(null, null, null, null, null);
		return new ExperimentTiming(
				duration(wanted.window(), ExperimentTiming.DEFAULT.window(), "/pace/window", violations),
				duration(wanted.minimumRun(), ExperimentTiming.DEFAULT.minimumRun(), "/pace/minimumRun", violations),
				duration(wanted.deadline(), ExperimentTiming.DEFAULT.deadline(), "/pace/deadline", violations),
				duration(wanted.extension(), ExperimentTiming.DEFAULT.extension(), "/pace/extension", violations),
				or(wanted.extensions(), ExperimentTiming.DEFAULT.extensions()));
	}

	private TrafficAllocation readReach() {
		return (this.reach == null) ? TrafficAllocation.DEFAULT : new TrafficAllocation(this.reach.layer(),
				or(this.reach.traffic(), 1.0), or(this.reach.holdout(), 0.0), or(this.reach.globalHoldout(), true));
	}

	private static Duration duration(@Nullable String text, Duration usual, String pointer,
			List<Violation> violations) {
		if (text == null) {
			return usual;
		}
		try {
			return Duration.parse(text);
		}
		catch (DateTimeParseException noDuration) {
			violations.add(new Violation(pointer, "'%s' is no ISO 8601 duration such as PT24H".formatted(text)));
			return usual;
		}
	}

	private static <E extends Enum<E>> E name(E[] all, String text, String pointer, List<Violation> violations) {
		for (E one : all) {
			if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
				return one;
			}
		}
		violations.add(new Violation(pointer, "'%s' must be one of %s".formatted(text, Arrays.toString(all))));
		return all[0];
	}

	private static <T> T or(@Nullable T value, T fallback) {
		return (value != null) ? value : fallback;
	}

}
