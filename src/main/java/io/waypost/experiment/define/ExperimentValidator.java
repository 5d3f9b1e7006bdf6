package io.waypost.experiment.define;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.experiment.Arm;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentTiming;
import io.waypost.experiment.GuardrailLimit;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.TrafficAllocation;
import io.waypost.experiment.assign.LayerSlots;

/**
 * Something in a definition that cannot be.
 *
 * @param pointer JSON pointer of the place
 * @param detail what is wrong with it and how to mend it
 */
public record ExperimentValidator(String pointer, String detail) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

	private static final int MOST_ARMS = 20;

	public static List<ExperimentValidator> of(ExperimentDefinition definition) {
		List<ExperimentValidator> flaws = new ArrayList<>();
		check(flaws, NAME.matcher(definition.key()).matches(), "/key",
				"'%s' does not fit; it must be 1 to 64 lower-case letters, digits, dots, hyphens or underscores",
				definition.key());
		check(flaws, !definition.owner().isBlank(), "/owner", "is missing; name who answers for the experiment");
		checkArms(flaws, definition);
		checkGuardrails(flaws, definition.guardrails());
		checkPace(flaws, definition.pace());
		checkReach(flaws, definition.reach());
		check(flaws, definition.uniformShare() >= 0.01 && definition.uniformShare() <= 1, "/uniformShare",
				"is %s; it must be a share from 0.01 to 1", definition.uniformShare());
		check(flaws, definition.plannedUsers() >= 100, "/plannedUsers", "is %d; it must be at least 100",
				definition.plannedUsers());
		check(flaws, definition.currency() == null || isCurrency(definition.currency()), "/currency",
				"'%s' is no ISO 4217 code such as EUR", String.valueOf(definition.currency()));
		return flaws;
	}

	private static void checkArms(List<ExperimentValidator> flaws, ExperimentDefinition definition) {
		check(flaws, !definition.arms().isEmpty() && definition.arms().size() <= MOST_ARMS, "/arms",
				"has %d arms; it must be 1 to %d", definition.arms().size(), MOST_ARMS);
		Set<String> names = new HashSet<>();
		for (int place = 0; place < definition.arms().size(); place++) {
			Arm arm = definition.arms().get(place);
			check(flaws, !arm.key().isBlank() && arm.key().length() <= 64 && names.add(arm.key()),
					"/arms/" + place + "/key", "'%s' must be a name of at most 64 characters that no other arm has",
					arm.key());
			check(flaws, arm.weight() > 0 && arm.weight() <= 1_000_000, "/arms/" + place + "/weight",
					"is %s; it must be above 0", arm.weight());
		}
		check(flaws, names.contains(definition.defaultArm()), "/defaultArm", "'%s' is none of the arms %s",
				definition.defaultArm(), names);
	}

	private static void checkGuardrails(List<ExperimentValidator> flaws, List<GuardrailLimit> guardrails) {
		Set<GuardrailMetric> harms = new HashSet<>();
		for (int place = 0; place < guardrails.size(); place++) {
			GuardrailLimit guardrail = guardrails.get(place);
			check(flaws, harms.add(guardrail.harm()), "/guardrails/" + place + "/harm", "%s is there twice",
					guardrail.harm());
			check(flaws, guardrail.margin() >= 0 && guardrail.margin() < 1, "/guardrails/" + place + "/margin",
					"is %s; it must be a difference of rates from 0 to below 1, 0.001 for a tenth of a percentage point",
					guardrail.margin());
		}
	}

	private static void checkPace(List<ExperimentValidator> flaws, ExperimentTiming pace) {
		check(flaws, pace.window().compareTo(Duration.ofSeconds(1)) >= 0 && pace.window().toDays() <= 90,
				"/pace/window", "is %s; it must be from PT1S to P90D", pace.window());
		check(flaws, !pace.minimumRun().isNegative(), "/pace/minimumRun", "is %s; it must not be negative",
				pace.minimumRun());
		check(flaws, pace.deadline().compareTo(pace.window()) >= 0, "/pace/deadline",
				"is %s; nobody would have matured before it: it must be at least the window of %s", pace.deadline(),
				pace.window());
		check(flaws, pace.extensions() >= 0 && pace.extensions() <= 10, "/pace/extensions", "is %d; it must be 0 to 10",
				pace.extensions());
		check(flaws, pace.extensions() == 0 || pace.extension().isPositive(), "/pace/extension",
				"is %s; it must be positive", pace.extension());
	}

	private static void checkReach(List<ExperimentValidator> flaws, TrafficAllocation reach) {
		check(flaws, reach.layer() == null || NAME.matcher(reach.layer()).matches(), "/reach/layer",
				"'%s' does not fit; it must be 1 to 64 lower-case letters, digits, dots, hyphens or underscores",
				String.valueOf(reach.layer()));
		check(flaws, reach.traffic() >= 1.0 / LayerSlots.TOTAL && reach.traffic() <= 1, "/reach/traffic",
				"is %s; it must be a share from 0.0001 to 1", reach.traffic());
		check(flaws, reach.holdout() >= 0 && reach.holdout() < 1, "/reach/holdout",
				"is %s; it must be a share from 0 to below 1", reach.holdout());
	}

	private static boolean isCurrency(String code) {
		return Currency.getAvailableCurrencies()
			.stream()
			.anyMatch((currency) -> currency.getCurrencyCode().equals(code));
	}

	private static void check(List<ExperimentValidator> flaws, boolean fine, String pointer, String pattern,
			Object... arguments) {
		if (!fine) {
			flaws.add(new ExperimentValidator(pointer, pattern.formatted(arguments)));
		}
	}

	@Override
	public String toString() {
		return this.pointer + ' ' + this.detail;
	}

}
