package io.waypost.experiment;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.waypost.access.InvalidRequest;
import io.waypost.access.InvalidRequest.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as a request brings it. Only key, owner and arms are needed; durations
 * are ISO 8601.
 */
record ExperimentBody(@Nullable String key, @Nullable String owner, @Nullable List<ArmBody> arms,
		@Nullable String defaultArm, @Nullable String metric, @Nullable List<GuardrailBody> guardrails,
		@Nullable PaceBody pace, @Nullable ReachBody reach, @Nullable String mode, @Nullable Double uniformShare,
		@Nullable Long plannedUsers, @Nullable String currency) {

	record ArmBody(@Nullable String key, @Nullable Double weight) {

	}

	record GuardrailBody(@Nullable String harm, @Nullable Double margin) {

	}

	record PaceBody(@Nullable String window, @Nullable String minimumRun, @Nullable String deadline,
			@Nullable String extension, @Nullable Integer extensions) {

	}

	record ReachBody(@Nullable String layer, @Nullable Double traffic, @Nullable Double holdout,
			@Nullable Boolean globalHoldout) {

	}

	/**
	 * The definition.
	 * @return what the request asks for
	 * @throws InvalidRequest naming everything that is wrong
	 */
	Definition toDefinition() {
		List<Violation> violations = new ArrayList<>();
		List<Arm> named = readArms(violations);
		Definition definition = new Definition(or(this.key, ""), or(this.owner, ""), named,
				or(this.defaultArm, named.isEmpty() ? "" : named.getFirst().key()),
				name(Metric.values(), or(this.metric, "CLICK"), "/metric", violations), readGuardrails(violations),
				readPace(violations), readReach(), name(Mode.values(), or(this.mode, "FIXED"), "/mode", violations),
				or(this.uniformShare, Definition.USUAL_UNIFORM_SHARE), or(this.plannedUsers, Definition.USUAL_PLAN),
				this.currency);
		Flaw.of(definition).forEach((flaw) -> violations.add(new Violation(flaw.pointer(), flaw.detail())));
		if (!violations.isEmpty()) {
			throw InvalidRequest.body(violations);
		}
		return definition;
	}

	private List<Arm> readArms(List<Violation> violations) {
		List<Arm> read = new ArrayList<>();
		for (ArmBody arm : or(this.arms, List.<ArmBody>of())) {
			if (arm == null) {
				violations
					.add(new Violation("/arms/" + read.size(), "is null; it must be {\"key\": …, \"weight\": …}"));
				continue;
			}
			read.add(new Arm(or(arm.key(), ""), or(arm.weight(), 1.0)));
		}
		return read;
	}

	private List<Guardrail> readGuardrails(List<Violation> violations) {
		if (this.guardrails == null) {
			return Definition.USUAL_GUARDRAILS;
		}
		List<Guardrail> read = new ArrayList<>();
		for (GuardrailBody guardrail : this.guardrails) {
			String place = "/guardrails/" + read.size();
			if (guardrail == null || guardrail.margin() == null) {
				violations.add(new Violation(place,
						"needs a harm and a margin, such as {\"harm\": \"COMPLAINT\"," + " \"margin\": 0.0005}"));
				continue;
			}
			read.add(new Guardrail(name(Harm.values(), or(guardrail.harm(), ""), place + "/harm", violations),
					guardrail.margin()));
		}
		return read;
	}

	private Pace readPace(List<Violation> violations) {
		PaceBody wanted = (this.pace != null) ? this.pace : new PaceBody(null, null, null, null, null);
		return new Pace(duration(wanted.window(), Pace.USUAL.window(), "/pace/window", violations),
				duration(wanted.minimumRun(), Pace.USUAL.minimumRun(), "/pace/minimumRun", violations),
				duration(wanted.deadline(), Pace.USUAL.deadline(), "/pace/deadline", violations),
				duration(wanted.extension(), Pace.USUAL.extension(), "/pace/extension", violations),
				or(wanted.extensions(), Pace.USUAL.extensions()));
	}

	private Reach readReach() {
		return (this.reach == null) ? Reach.EVERYBODY : new Reach(this.reach.layer(), or(this.reach.traffic(), 1.0),
				or(this.reach.holdout(), 0.0), or(this.reach.globalHoldout(), true));
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
