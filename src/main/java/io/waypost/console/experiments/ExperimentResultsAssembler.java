package io.waypost.console.experiments;

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

/** Assembles the results of an experiment. */
@Component
public class ExperimentResultsAssembler {

	private static final double MIN_SAMPLE_RATIO_P = 0.001;

	private static final int REFRESH_SECONDS = 20;

	private final Labels labels;

	public ExperimentResultsAssembler(Labels labels) {
		this.labels = labels;
	}

	public ExperimentResultsView view(ExperimentResults results) {
		List<ExperimentArmResult> compared = results.arms().stream().filter((arm) -> arm.comparison() != null).toList();
		IntervalChart field = IntervalChart.around(compared.stream().map((arm) -> comparison(arm).interval()).toList());
		return new ExperimentResultsView(this.labels.decision(results.verdict().decision()),
				results.verdict().sentence(),
				(results.metric() == GoalMetric.CLICK) ? this.labels.text("results.clicked")
						: this.labels.text("results.ordered"),
				problem(results), results.arms().stream().map(this::arm).toList(),
				compared.stream().map((arm) -> difference(field, arm)).toList(),
				compared.isEmpty() ? null : field.scale(this::points), lift(results.lift()), when(results),
				(results.concludedAt() == null) ? REFRESH_SECONDS : 0);
	}

	private @Nullable String problem(ExperimentResults results) {
		return (results.sampleRatioP() < MIN_SAMPLE_RATIO_P) ? this.labels.text("results.sampleRatioMismatch") : null;
	}

	private ExperimentResultsView.ArmResult arm(ExperimentArmResult arm) {
		return new ExperimentResultsView.ArmResult(arm.arm(), arm.exposed(), arm.matured(), arm.conversions(),
				(arm.matured() == 0) ? "–" : percent(arm.rate()), arm.share(),
				(arm.matured() == 0) ? "–" : "%.0f %%".formatted(100 * arm.chanceToBeBest()),
				(arm.matured() == 0) ? List.of() : arm.guardrails().stream().map(this::check).toList());
	}

	private ExperimentResultsView.GuardrailResult check(GuardrailMetricResult guardrail) {
		String name = this.labels.guardrailMetric(guardrail.harm());
		return switch (guardrail.state()) {
			case WITHIN -> new ExperimentResultsView.GuardrailResult(name, percent(guardrail.rate()),
					this.labels.text("guardrail.within"), "good");
			case DOUBTFUL -> new ExperimentResultsView.GuardrailResult(name, percent(guardrail.rate()),
					this.labels.text("guardrail.doubtful"), "wait");
			case BROKEN -> new ExperimentResultsView.GuardrailResult(name, percent(guardrail.rate()),
					this.labels.text("guardrail.broken"), "bad");
		};
	}

	private ExperimentResultsView.IntervalBar difference(IntervalChart field, ExperimentArmResult arm) {
		ArmComparison comparison = comparison(arm);
		String lift = (comparison.lift() != null) ? "%+.0f %%".formatted(100 * comparison.lift()) : "–";
		return field.bar(arm.arm(), comparison.difference(), comparison.interval(),
				this.labels.text("results.difference.description", points(comparison.difference()), lift,
						points(comparison.interval().lower()), points(comparison.interval().upper())));
	}

	private static ArmComparison comparison(ExperimentArmResult arm) {
		ArmComparison comparison = arm.comparison();
		if (comparison == null) {
			throw new IllegalArgumentException("Variant '%s' has no comparison".formatted(arm.arm()));
		}
		return comparison;
	}

	private ExperimentResultsView.@Nullable LiftView lift(@Nullable Lift lift) {
		if (lift == null) {
			return null;
		}
		String basis = this.labels.text(
				(lift.basis() == Assignment.AssignmentRole.HOLDOUT) ? "results.lift.campaign" : "results.lift.quarter",
				lift.treated(), lift.heldOut());
		return new ExperimentResultsView.LiftView(lift.sentence(), basis,
				List.of(gain(this.labels.text("results.lift.orders"), lift.orders()),
						gain(this.labels.text("results.lift.revenue"), lift.revenue())));
	}

	private ExperimentResultsView.GainResult gain(String name, Lift.IncrementalTotal gain) {
		IntervalChart field = IntervalChart.around(List.of(gain.interval()));
		return new ExperimentResultsView.GainResult(name, number(gain.total()),
				field.bar(name, gain.total(), gain.interval(), this.labels.text("results.interval",
						number(gain.interval().lower()), number(gain.interval().upper()))),
				field.scale(ExperimentResultsAssembler::number));
	}

	private List<LabelledValue> when(ExperimentResults results) {
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.time(this.labels.text("results.startedAt"), results.startedAt()));
		if (results.concludedAt() != null) {
			facts.add(LabelledValue.time(this.labels.text("results.concludedAt"), results.concludedAt()));
		}
		else {
			facts.add(LabelledValue.time(this.labels.text("results.deadlineAt"), results.deadlineAt()));
			facts.add(LabelledValue.text(this.labels.text("results.extensionsLeft"),
					String.valueOf(results.extensionsLeft())));
		}
		return facts;
	}

	private static String percent(double rate) {
		return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
	}

	private String points(double rate) {
		return Double.isFinite(rate) ? this.labels.text("unit.points", String.format(Locale.ROOT, "%+.2f", 100 * rate))
				: (rate > 0) ? "+∞" : "−∞";
	}

	private static String number(double total) {
		return Double.isFinite(total) ? String.format(Locale.ROOT, "%+,.0f", total) : (total > 0) ? "+∞" : "−∞";
	}

}
