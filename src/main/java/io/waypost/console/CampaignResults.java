package io.waypost.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.experiment.ArmReading;
import io.waypost.experiment.ArmReading.Comparison;
import io.waypost.experiment.ArmReading.GuardrailReading;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.Lift;
import io.waypost.experiment.Metric;
import io.waypost.experiment.ReadOut;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Reads an experiment aloud and draws its intervals. */
@Component
class CampaignResults {

	private static final double FAIR = 0.001;

	private static final int SECONDS = 20;

	private final Words words;

	CampaignResults(Words words) {
		this.words = words;
	}

	ResultsView view(ReadOut seen) {
		List<ArmReading> compared = seen.arms().stream().filter((arm) -> arm.comparison() != null).toList();
		Intervals field = Intervals.around(compared.stream().map((arm) -> comparison(arm).interval()).toList());
		return new ResultsView(this.words.decision(seen.verdict().decision()), seen.verdict().sentence(),
				(seen.metric() == Metric.CLICK) ? "clicked" : "bought", problem(seen),
				seen.arms().stream().map(this::arm).toList(),
				compared.stream().map((arm) -> difference(field, arm)).toList(),
				compared.isEmpty() ? null : field.scale(CampaignResults::points), lift(seen.lift()), when(seen),
				(seen.concludedAt() == null) ? SECONDS : 0);
	}

	private static @Nullable String problem(ReadOut seen) {
		return (seen.sampleRatioP() < FAIR)
				? "The variants did not get the numbers of people they should have. Until it is known why, none of these numbers can be trusted."
				: null;
	}

	private ResultsView.Arm arm(ArmReading arm) {
		return new ResultsView.Arm(arm.arm(), arm.exposed(), arm.matured(), arm.conversions(),
				(arm.matured() == 0) ? "–" : percent(arm.rate()), arm.share(),
				(arm.matured() == 0) ? "–" : "%.0f %%".formatted(100 * arm.chanceToBeBest()),
				(arm.matured() == 0) ? List.of() : arm.guardrails().stream().map(this::check).toList());
	}

	private ResultsView.Check check(GuardrailReading guardrail) {
		String name = this.words.harm(guardrail.harm());
		return switch (guardrail.state()) {
			case WITHIN -> new ResultsView.Check(name, percent(guardrail.rate()), "within its margin", "good");
			case DOUBTFUL ->
				new ResultsView.Check(name, percent(guardrail.rate()), "beyond its margin, perhaps by chance", "wait");
			case BROKEN -> new ResultsView.Check(name, percent(guardrail.rate()), "beyond its margin for sure", "bad");
		};
	}

	private static ResultsView.Bar difference(Intervals field, ArmReading arm) {
		Comparison comparison = comparison(arm);
		String lift = (comparison.lift() != null) ? ", which is %+.0f %%".formatted(100 * comparison.lift()) : "";
		return field.bar(arm.arm(), comparison.difference(), comparison.interval(),
				"%s%s; the truth is between %s and %s".formatted(points(comparison.difference()), lift,
						points(comparison.interval().lower()), points(comparison.interval().upper())));
	}

	private static Comparison comparison(ArmReading arm) {
		Comparison comparison = arm.comparison();
		if (comparison == null) {
			throw new IllegalArgumentException("'%s' is compared with nothing".formatted(arm.arm()));
		}
		return comparison;
	}

	private static ResultsView.@Nullable LiftView lift(@Nullable Lift lift) {
		if (lift == null) {
			return null;
		}
		String basis = "%,d people who were sent something, beside %,d who were held out %s".formatted(lift.treated(),
				lift.heldOut(), (lift.basis() == Assignment.Role.HOLDOUT) ? "of this campaign" : "this whole quarter");
		return new ResultsView.LiftView(lift.sentence(), basis,
				List.of(gain("Additional orders", lift.orders()), gain("Additional revenue", lift.revenue())));
	}

	private static ResultsView.Gain gain(String name, Lift.Gain gain) {
		Intervals field = Intervals.around(List.of(gain.interval()));
		return new ResultsView.Gain(name, number(gain.total()),
				field.bar(name, gain.total(), gain.interval(), "between %s and %s"
					.formatted(number(gain.interval().lower()), number(gain.interval().upper()))),
				field.scale(CampaignResults::number));
	}

	private static List<Fact> when(ReadOut seen) {
		List<Fact> facts = new ArrayList<>();
		facts.add(Fact.time("Measured since", seen.startedAt()));
		if (seen.concludedAt() != null) {
			facts.add(Fact.time("Decided", seen.concludedAt()));
		}
		else {
			facts.add(Fact.time("Decided at the latest", seen.deadlineAt()));
			facts.add(Fact.text("Extensions left", String.valueOf(seen.extensionsLeft())));
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
