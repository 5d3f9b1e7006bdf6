package io.waypost.agent.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.waypost.agent.claim.ClaimExamples.ClaimExample;

/** Fits one logistic regression for each kind against sentences without a claim. */
final class ClaimTrainer {

	static final long SEED = 20261201L;

	static final double COST = 2;

	private static final double TOLERANCE = 0.01;

	private static final double LEAST_RATIO = 0.5;

	private ClaimTrainer() {
	}

	static ClaimWeights train(List<ClaimExample> examples) {
		Feature[][] rows = new Feature[examples.size()][];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = row(ClaimFeatures.of(examples.get(i).text()));
		}
		double[][] weights = new double[ClaimWeights.COLUMNS][];
		double[] biases = new double[ClaimWeights.COLUMNS];
		for (int column = 0; column < ClaimWeights.COLUMNS; column++) {
			double[] all = fit(examples, rows, column);
			weights[column] = Arrays.copyOf(all, ClaimFeatures.BUCKETS);
			biases[column] = all[ClaimFeatures.BUCKETS];
		}
		return ClaimWeights.of(weights, biases);
	}

	private static double[] fit(List<ClaimExample> examples, Feature[][] rows, int column) {
		int[] used = IntStream.range(0, rows.length).filter((i) -> {
			ClaimKind kind = examples.get(i).kind();
			return kind == null || column == ClaimWeights.ANY || kind.ordinal() == column;
		}).toArray();
		Problem problem = new Problem();
		problem.l = used.length;
		problem.n = ClaimFeatures.BUCKETS + 1;
		problem.y = Arrays.stream(used).mapToDouble((i) -> (examples.get(i).kind() != null) ? 1 : 0).toArray();
		double[] ratios = ratios(used, problem.y, rows);
		problem.x = Arrays.stream(used).mapToObj((i) -> scaled(rows[i], ratios)).toArray(Feature[][]::new);
		problem.bias = -1;
		Parameter parameter = new Parameter(SolverType.L2R_LR_DUAL, COST, TOLERANCE);
		parameter.setRandom(new Random(SEED));
		Model model = Linear.train(problem, parameter);
		double sign = (model.getLabels()[0] == 1) ? 1 : -1;
		double[] weights = model.getFeatureWeights();
		for (int i = 0; i < weights.length; i++) {
			weights[i] *= sign * ratios[i];
		}
		return weights;
	}

	private static Feature[] scaled(Feature[] row, double[] ratios) {
		return Arrays.stream(row)
			.map((feature) -> new FeatureNode(feature.getIndex(),
					feature.getValue() * ratios[feature.getIndex() - 1]))
			.toArray(Feature[]::new);
	}

	/**
	 * How much each feature tells, as in naive Bayes: half a unit more than the absolute
	 * logarithm of its frequency with claims over its frequency without. Features are
	 * scaled by it (Wang and Manning, "Baselines and bigrams", 2012).
	 */
	private static double[] ratios(int[] used, double[] labels, Feature[][] rows) {
		double[] claims = new double[ClaimFeatures.BUCKETS + 1];
		double[] others = new double[ClaimFeatures.BUCKETS + 1];
		double claimCount = Arrays.stream(labels).sum();
		for (int i = 0; i < used.length; i++) {
			for (Feature feature : rows[used[i]]) {
				((labels[i] == 1) ? claims : others)[feature.getIndex() - 1]++;
			}
		}
		double[] ratios = new double[claims.length];
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] = LEAST_RATIO + Math.abs(Math.log((claims[i] + 1) / (claimCount + 2))
					- Math.log((others[i] + 1) / (labels.length - claimCount + 2)));
		}
		ratios[ratios.length - 1] = 1;
		return ratios;
	}

	/** Liblinear wants the features in ascending order, from 1; the last one is the bias. */
	private static Feature[] row(ClaimFeatures features) {
		Map<Integer, Double> values = new TreeMap<>();
		for (int i = 0; i < features.size(); i++) {
			values.merge(features.bucket(i) + 1, (double) features.value(i), Double::sum);
		}
		values.put(ClaimFeatures.BUCKETS + 1, 1.0);
		return values.entrySet()
			.stream()
			.map((entry) -> new FeatureNode(entry.getKey(), entry.getValue()))
			.toArray(Feature[]::new);
	}

}
