package io.waypost.experiment.define;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.experiment.Arm;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentTiming;
import io.waypost.experiment.GuardrailLimit;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.TrafficAllocation;

/** Validates definitions of experiments. */
public final class ExperimentValidator {

	private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

	private static final String NAME_RULE = "'%s' is not valid; it must be 1 to 64 lower-case letters, digits, dots, "
			+ "hyphens or underscores";

	private static final int MAX_ARMS = 20;

	private final List<Violation> violations = new ArrayList<>();

	private ExperimentValidator() {
	}

	/**
	 * Validates a definition.
	 * @param definition the definition
	 * @return every violation with its JSON pointer; empty when the definition is valid
	 */
	public static List<Violation> validate(ExperimentDefinition definition) {
		ExperimentValidator validator = new ExperimentValidator();
		validator.check(definition);
		return validator.violations;
	}

	private void check(ExperimentDefinition definition) {
		check(NAME.matcher(definition.key()).matches(), "/key", NAME_RULE, definition.key());
		check(!definition.owner().isBlank(), "/owner", "is missing; name the person or team responsible");
		checkArms(definition);
		checkGuardrails(definition.guardrails());
		checkTiming(definition.pace());
		checkTraffic(definition.reach());
		check(definition.uniformShare() >= 0.01 && definition.uniformShare() <= 1, "/uniformShare",
				"is %s; it must be a share from 0.01 to 1", definition.uniformShare());
		check(definition.plannedUsers() >= 100, "/plannedUsers", "is %d; it must be at least 100",
				definition.plannedUsers());
		check(definition.currency() == null || isCurrency(definition.currency()), "/currency",
				"'%s' is not an ISO 4217 code such as EUR", String.valueOf(definition.currency()));
	}

	private void checkArms(ExperimentDefinition definition) {
		check(!definition.arms().isEmpty() && definition.arms().size() <= MAX_ARMS, "/arms",
				"has %d arms; it must have 1 to %d", definition.arms().size(), MAX_ARMS);
		Set<String> keys = new HashSet<>();
		for (int index = 0; index < definition.arms().size(); index++) {
			Arm arm = definition.arms().get(index);
			check(!arm.key().isBlank() && arm.key().length() <= 64 && keys.add(arm.key()), "/arms/" + index + "/key",
					"'%s' must be a name of at most 64 characters that no other arm has", arm.key());
			check(arm.weight() > 0 && arm.weight() <= 1_000_000, "/arms/" + index + "/weight",
					"is %s; it must be above 0 and at most 1000000", arm.weight());
		}
		check(keys.contains(definition.defaultArm()), "/defaultArm", "'%s' is not one of the arms %s",
				definition.defaultArm(), keys);
	}

	private void checkGuardrails(List<GuardrailLimit> guardrails) {
		Set<GuardrailMetric> metrics = new HashSet<>();
		for (int index = 0; index < guardrails.size(); index++) {
			GuardrailLimit guardrail = guardrails.get(index);
			check(metrics.add(guardrail.harm()), "/guardrails/" + index + "/harm", "%s occurs twice", guardrail.harm());
			check(guardrail.margin() >= 0 && guardrail.margin() < 1, "/guardrails/" + index + "/margin",
					"is %s; it must be a difference of rates from 0 to below 1, 0.001 for a tenth of a percentage point",
					guardrail.margin());
		}
	}

	private void checkTiming(ExperimentTiming timing) {
		check(timing.window().compareTo(Duration.ofSeconds(1)) >= 0 && timing.window().toDays() <= 90, "/pace/window",
				"is %s; it must be from PT1S to P90D", timing.window());
		check(!timing.minimumRun().isNegative(), "/pace/minimumRun", "is %s; it must not be negative",
				timing.minimumRun());
		check(timing.deadline().compareTo(timing.window()) >= 0, "/pace/deadline",
				"is %s; it must be at least the conversion window of %s, because no exposure matures earlier",
				timing.deadline(), timing.window());
		check(timing.extensions() >= 0 && timing.extensions() <= 10, "/pace/extensions", "is %d; it must be 0 to 10",
				timing.extensions());
		check(timing.extensions() == 0 || timing.extension().isPositive(), "/pace/extension",
				"is %s; it must be positive", timing.extension());
	}

	private void checkTraffic(TrafficAllocation traffic) {
		check(traffic.layer() == null || NAME.matcher(traffic.layer()).matches(), "/reach/layer", NAME_RULE,
				String.valueOf(traffic.layer()));
		check(traffic.traffic() >= TrafficAllocation.SMALLEST_TRAFFIC && traffic.traffic() <= 1, "/reach/traffic",
				"is %s; it must be a share from %s to 1", traffic.traffic(),
				BigDecimal.valueOf(TrafficAllocation.SMALLEST_TRAFFIC).toPlainString());
		check(traffic.holdout() >= 0 && traffic.holdout() < 1, "/reach/holdout",
				"is %s; it must be a share from 0 to below 1", traffic.holdout());
	}

	private static boolean isCurrency(String code) {
		return Currency.getAvailableCurrencies()
			.stream()
			.anyMatch((currency) -> currency.getCurrencyCode().equals(code));
	}

	private void check(boolean valid, String pointer, String detail, Object... arguments) {
		if (!valid) {
			this.violations.add(new Violation(pointer, detail.formatted(arguments)));
		}
	}

}
