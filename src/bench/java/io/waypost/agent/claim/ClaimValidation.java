package io.waypost.agent.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.waypost.agent.claim.ClaimExamples.ClaimExample;

/**
 * Cross-validation by blocks: each sentence is scored by a model that has seen no
 * neighbour of it. The scores of sentences without a claim give the thresholds.
 */
final class ClaimValidation {

	/** Share of sentences without a claim that the column of a kind may report. */
	static final double FALSE_ALARM_RATE = 0.002;

	/** The column of all kinds adds less. */
	private static final double ANY_FALSE_ALARM_RATE = 0.001;

	private static final List<String> LANGUAGES = List.of("en", "de", "fr");

	private final List<ScoredExample> scored;

	private final Predicate<String> phrases;

	private final Map<String, double[]> review = new LinkedHashMap<>();

	private final Map<String, double[]> certain = new LinkedHashMap<>();

	private ClaimValidation(List<ScoredExample> scored, Predicate<String> phrases) {
		this.scored = scored;
		this.phrases = phrases;
		double[] mostReview = new double[ClaimWeights.COLUMNS];
		double[] mostCertain = new double[ClaimWeights.COLUMNS];
		for (String language : LANGUAGES) {
			double[] own = new double[ClaimWeights.COLUMNS];
			double[] sure = new double[ClaimWeights.COLUMNS];
			for (int column = 0; column < ClaimWeights.COLUMNS; column++) {
				double[] scores = harmless(language, column);
				double rate = (column == ClaimWeights.ANY) ? ANY_FALSE_ALARM_RATE : FALSE_ALARM_RATE;
				own[column] = scores[(int) Math.ceil(scores.length * (1 - rate)) - 1];
				sure[column] = scores[scores.length - 1];
				mostReview[column] = Math.max(mostReview[column], own[column]);
				mostCertain[column] = Math.max(mostCertain[column], sure[column]);
			}
			this.review.put(language, own);
			this.certain.put(language, sure);
		}
		this.review.put(ClaimModel.OTHER, mostReview);
		this.certain.put(ClaimModel.OTHER, mostCertain);
	}

	static ClaimValidation of(List<ClaimExample> examples, int blocks, Predicate<String> phrases) {
		List<ScoredExample> scored = new ArrayList<>();
		for (int block = 0; block < blocks; block++) {
			int left = block;
			ClaimWeights weights = ClaimTrainer
				.train(examples.stream().filter((example) -> example.block() != left).toList());
			examples.stream()
				.filter((example) -> example.block() == left)
				.forEach((example) -> scored
					.add(new ScoredExample(example, weights.scores(ClaimFeatures.of(example.text())))));
		}
		return new ClaimValidation(scored, phrases);
	}

	/** Scores of sentences without a claim, ascending. */
	private double[] harmless(String language, int column) {
		return of(language, null, false).stream().mapToDouble((row) -> row.scores()[column]).sorted().toArray();
	}

	private List<ScoredExample> of(String language, ClaimKind kind, boolean independent) {
		return this.scored.stream()
			.filter((row) -> row.example().kind() == kind && row.example().language().equals(language)
					&& (row.example().independent() || !independent))
			.toList();
	}

	private static boolean isAbove(ScoredExample row, double[] thresholds) {
		return IntStream.range(0, thresholds.length).anyMatch((column) -> row.scores()[column] > thresholds[column]);
	}

	private boolean isFound(ScoredExample row) {
		return isAbove(row, this.review.get(row.example().language()));
	}

	Map<String, Object> thresholds() {
		Map<String, Object> languages = new LinkedHashMap<>();
		this.review.forEach((language, own) -> {
			Map<String, Object> columns = new LinkedHashMap<>();
			for (int column = 0; column < ClaimWeights.COLUMNS; column++) {
				Map<String, Double> pair = new LinkedHashMap<>();
				pair.put("review", rounded(own[column]));
				pair.put("certain", rounded(this.certain.get(language)[column]));
				columns.put((column == ClaimWeights.ANY) ? "any" : ClaimKind.values()[column].code(), pair);
			}
			languages.put(language, columns);
		});
		return languages;
	}

	/** Recall on sentences of their own, not on variants of templates. */
	Map<String, Object> figures() {
		Map<String, Object> languages = new LinkedHashMap<>();
		for (String language : LANGUAGES) {
			Map<String, Object> figures = new LinkedHashMap<>();
			List<ScoredExample> harmless = of(language, null, false);
			Map<String, Object> none = new LinkedHashMap<>();
			none.put("sentences", harmless.size());
			none.put("falseAlarms", harmless.stream().filter(this::isFound).count());
			figures.put("none", none);
			for (ClaimKind kind : ClaimKind.values()) {
				List<ScoredExample> rows = of(language, kind, true);
				Map<String, Object> own = new LinkedHashMap<>();
				own.put("sentences", rows.size());
				own.put("classifier", share(rows, this::isFound));
				own.put("certain", share(rows, (row) -> isAbove(row, this.certain.get(language))));
				own.put("phrases", share(rows, (row) -> this.phrases.test(row.example().text())));
				own.put("both", share(rows, (row) -> isFound(row) || this.phrases.test(row.example().text())));
				figures.put(kind.code(), own);
			}
			languages.put(language, figures);
		}
		return languages;
	}

	void print(boolean rows) {
		figures().forEach((language, figures) -> System.out.println(language + ' ' + figures));
		if (rows) {
			this.scored.stream()
				.filter((row) -> (row.example().kind() != null) != isFound(row))
				.forEach((row) -> System.out.printf("%s %s %s%n",
						(row.example().kind() != null) ? "missed" : "false alarm", row.example().kind(),
						row.example().text()));
		}
	}

	private static double share(List<ScoredExample> rows, Predicate<ScoredExample> found) {
		return rounded(rows.stream().filter(found).count() / (double) Math.max(1, rows.size()));
	}

	private static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
	}

	/**
	 * A sentence with its scores.
	 *
	 * @param example the sentence
	 * @param scores score of each column
	 */
	private record ScoredExample(ClaimExample example, float[] scores) {

	}

}
