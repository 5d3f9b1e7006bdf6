package io.waypost.experiment.define;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
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
 * Request body that defines an experiment. Key, owner and arms are required; the other
 * fields have defaults. Durations are in ISO 8601.
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
	 * Converts the request to a definition.
	 * @return the valid definition
	 * @throws InvalidRequestException with one violation for each invalid field
	 */
	ExperimentDefinition toDefinition() {
		List<Violation> violations = new ArrayList<>();
		List<Arm> readArms = readArms(violations);
		ExperimentDefinition definition = new ExperimentDefinition(or(this.key, ""), or(this.owner, ""), readArms,
				or(this.defaultArm, readArms.isEmpty() ? "" : readArms.getFirst().key()),
				constant(GoalMetric.values(), or(this.metric, "CLICK"), "/metric", violations),
				readGuardrails(violations), readTiming(violations), readTraffic(),
				constant(AllocationMode.values(), or(this.mode, "FIXED"), "/mode", violations),
				or(this.uniformShare, ExperimentDefinition.DEFAULT_UNIFORM_SHARE),
				or(this.plannedUsers, ExperimentDefinition.DEFAULT_PLANNED_USERS), this.currency);
		violations.addAll(ExperimentValidator.validate(definition));
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
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
			String pointer = "/guardrails/" + read.size();
			if (guardrail == null || guardrail.margin() == null) {
				violations.add(new Violation(pointer,
						"needs a harm and a margin, such as {\"harm\": \"COMPLAINT\", \"margin\": 0.0005}"));
				continue;
			}
			read.add(new GuardrailLimit(
					constant(GuardrailMetric.values(), or(guardrail.harm(), ""), pointer + "/harm", violations),
					guardrail.margin()));
		}
		return read;
	}

	private ExperimentTiming readTiming(List<Violation> violations) {
		TimingRequest requested = (this.pace != null) ? this.pace : new TimingRequest(null, null, null, null, null);
		return new ExperimentTiming(
				duration(requested.window(), ExperimentTiming.DEFAULT.window(), "/pace/window", violations),
				duration(requested.minimumRun(), ExperimentTiming.DEFAULT.minimumRun(), "/pace/minimumRun", violations),
				duration(requested.deadline(), ExperimentTiming.DEFAULT.deadline(), "/pace/deadline", violations),
				duration(requested.extension(), ExperimentTiming.DEFAULT.extension(), "/pace/extension", violations),
				or(requested.extensions(), ExperimentTiming.DEFAULT.extensions()));
	}

	private TrafficAllocation readTraffic() {
		return (this.reach == null) ? TrafficAllocation.DEFAULT : new TrafficAllocation(this.reach.layer(),
				or(this.reach.traffic(), 1.0), or(this.reach.holdout(), 0.0), or(this.reach.globalHoldout(), true));
	}

	private static Duration duration(@Nullable String text, Duration fallback, String pointer,
			List<Violation> violations) {
		if (text == null) {
			return fallback;
		}
		try {
			return Duration.parse(text);
		}
		catch (DateTimeParseException noDuration) {
			violations.add(new Violation(pointer, "'%s' is not an ISO 8601 duration such as PT24H".formatted(text)));
			return fallback;
		}
	}

	private static <E extends Enum<E>> E constant(E[] constants, String text, String pointer,
			List<Violation> violations) {
		for (E constant : constants) {
			if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
				return constant;
			}
		}
		violations.add(new Violation(pointer, "'%s' must be one of %s".formatted(text, Arrays.toString(constants))));
		return constants[0];
	}

	private static <T> T or(@Nullable T value, T fallback) {
		return (value != null) ? value : fallback;
	}

}
