package io.waypost.console.reports;

import java.util.List;

import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment has shown so far.
 *
 * @param decision what follows
 * @param sentence why, in plain language
 * @param metric what decides, in words
 * @param problem why none of it is to be trusted, null when it is
 * @param arms the variants
 * @param differences each variant beside the default one, null ends where nothing is
 * known
 * @param scale ends of the picture of the differences, null without any
 * @param lift against those held out, null while it is not known
 * @param when since when it runs, until when it should
 * @param seconds until it should be read again, 0 for never
 */
public record ExperimentResultsView(StatusView decision, String sentence, String metric, @Nullable String problem,
		List<ArmResult> arms, List<IntervalBar> differences, @Nullable ChartScale scale, @Nullable LiftView lift,
		List<LabelledValue> when, int seconds) {

	/** How one variant does. */
	record ArmResult(String name, long sent, long matured, long conversions, String rate, double share, String best,
			List<GuardrailResult> guardrails) {

	}

	/** One thing that must not get worse. */
	record GuardrailResult(String name, String rate, String state, String tone) {

	}

	/**
	 * An interval on a field 100 wide.
	 *
	 * @param name whose
	 * @param from its left end
	 * @param width its width
	 * @param estimate the best guess
	 * @param zero where no difference is
	 * @param tone {@code good}, {@code bad} or {@code held}
	 * @param words the same in numbers
	 */
	record IntervalBar(String name, double from, double width, double estimate, double zero, String tone,
			String words) {

	}

	/** The ends of a picture. */
	record ChartScale(String left, String right) {

	}

	/**
	 * What the messages brought.
	 *
	 * @param sentence in plain language
	 * @param basis with whom is compared
	 * @param gains orders and revenue
	 */
	record LiftView(String sentence, String basis, List<GainResult> gains) {

	}

	/** A total with its picture. */
	record GainResult(String name, String total, IntervalBar bar, ChartScale scale) {

	}

}
