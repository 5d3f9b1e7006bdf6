package io.waypost.console.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.ExperimentArmResult;
import io.waypost.experiment.ExperimentArmResult.ArmComparison;
import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.Lift;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Reads an experiment aloud and draws its intervals. */
@Component
public class ExperimentResultsAssembler {

	private static final double FAIR = 0.001;

	private static final int SECONDS = 20;

	private final Labels words;

	public ExperimentResultsAssembler(Labels words) {
		this.words = words;
	}

	public ExperimentResultsView view(ExperimentResults seen) {
		List<ExperimentArmResult> compared = seen.arms().stream().filter((arm) -> arm.comparison() != null).toList();
		IntervalChart field = IntervalChart.around(compared.stream().map((arm) -> comparison(arm).interval()).toList());
		return new ExperimentResultsView(this.words.decision(seen.verdict().decision()), seen.verdict().sentence(),
				(seen.metric() == GoalMetric.CLICK) ? "clicked" : "bought", problem(seen),
				seen.arms().stream().map(this::arm).toList(),
				compared.stream().map((arm) -> difference(field, arm)).toList(),
				compared.isEmpty() ? null : field.scale(ExperimentResultsAssembler::points), lift(seen.lift()),
				when(seen), (seen.concludedAt() == null) ? SECONDS : 0);
	}

	private static @Nullable String problem(ExperimentResults seen) {
		return (seen.sampleRatioP() < FAIR)
				? "The variants did not get the numbers of people they should have. Until it is known why, none of these numbers can be trusted."
				: null;
	}

	private ExperimentResultsView.ArmResult arm(ExperimentArmResult arm) {
		return new ExperimentResultsView.ArmResult(arm.arm(), arm.exposed(), arm.matured(), arm.conversions(),
				(arm.matured() == 0) ? "–" : percent(arm.rate()), arm.share(),
				(arm.matured() == 0) ? "–" : "%.0f %%".formatted(100 * arm.chanceToBeBest()),
				(arm.matured() == 0) ? List.of() : arm.guardrails().stream().map(this::check).toList());
	}

	private ExperimentResultsView.GuardrailResult check(GuardrailMetricResult guardrail) {
		String name = this.words.harm(guardrail.harm());
		return switch (guardrail.state()) {
			case WITHIN ->
				new ExperimentResultsView.GuardrailResult(name, percent(guardrail.rate()), "within its margin", "good");
			case DOUBTFUL -> new ExperimentResultsView.GuardrailResult(name, percent(guardrail.rate()),
					"beyond its margin, perhaps by chance", "wait");
			case BROKEN -> new ExperimentResultsView.GuardrailResult(name, percent(guardrail.rate()),
					"beyond its margin for sure", "bad");
		};
	}

	private static ExperimentResultsView.IntervalBar difference(IntervalChart field, ExperimentArmResult arm) {
		ArmComparison comparison = comparison(arm);
		String lift = (comparison.lift() != null) ? ", which is %+.0f %%".formatted(100 * comparison.lift()) : "";
		return field.bar(arm.arm(), comparison.difference(), comparison.interval(),
				"%s%s; the truth is between %s and %s".formatted(points(comparison.difference()), lift,
						points(comparison.interval().lower()), points(comparison.interval().upper())));
	}

	private static ArmComparison comparison(ExperimentArmResult arm) {
		ArmComparison comparison = arm.comparison();
		if (comparison == null) {
			throw new IllegalArgumentException("'%s' is compared with nothing".formatted(arm.arm()));
		}
		return comparison;
	}

	private static ExperimentResultsView.@Nullable LiftView lift(@Nullable Lift lift) {
		if (lift == null) {
			return null;
		}
		String basis = "%,d people who were sent something, beside %,d who were held out %s".formatted(lift.treated(),
				lift.heldOut(),
				(lift.basis() == Assignment.AssignmentRole.HOLDOUT) ? "of this campaign" : "this whole quarter");
		return new ExperimentResultsView.LiftView(lift.sentence(), basis,
				List.of(gain("Additional orders", lift.orders()), gain("Additional revenue", lift.revenue())));
	}

	private static ExperimentResultsView.GainResult gain(String name, Lift.IncrementalTotal gain) {
		IntervalChart field = IntervalChart.around(List.of(gain.interval()));
		return new ExperimentResultsView.GainResult(name, number(gain.total()),
				field.bar(name, gain.total(), gain.interval(), "between %s and %s"
					.formatted(number(gain.interval().lower()), number(gain.interval().upper()))),
				field.scale(ExperimentResultsAssembler::number));
	}

	private static List<LabelledValue> when(ExperimentResults seen) {
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.time("Measured since", seen.startedAt()));
		if (seen.concludedAt() != null) {
			facts.add(LabelledValue.time("Decided", seen.concludedAt()));
		}
		else {
			facts.add(LabelledValue.time("Decided at the latest", seen.deadlineAt()));
			facts.add(LabelledValue.text("Extensions left", String.valueOf(seen.extensionsLeft())));
		}
		return facts;
	}

	private static String percent(double rate) {
		return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
	}

	private static String points(double rate) {
		return Double.isFinite(rate) ? String.format(Locale.ROOT, "%+.2f points", 100 * rate)
				: (rate > 0) ? "any gain" : "any loss";
	}

	private static String number(double total) {
		return Double.isFinite(total) ? String.format(Locale.ROOT, "%+,.0f", total)
				: (total > 0) ? "any gain" : "any loss";
	}

}
