package io.waypost.agent.embed;

/**
 * Fits vectors of words so that the sum of the words of a sentence, divided by the root of
 * their number, is close to the vector of the sentence: least squares with a penalty for
 * the distance to the start, by conjugate gradients for all dimensions at once.
 */
final class WordVectorFit {

	private final int[][] sentences;

	private final float[][] targets;

	private final int words;

	private final int dimensions;

	private final double penalty;

	WordVectorFit(int[][] sentences, float[][] targets, int words, double penalty) {
		this.sentences = sentences;
		this.targets = targets;
		this.words = words;
		this.dimensions = targets[0].length;
		this.penalty = penalty;
	}

	/**
	 * Improves vectors in place.
	 * @param vectors the start, a row for each word
	 * @param steps number of iterations
	 */
	void fit(float[][] vectors, int steps) {
		float[][] residual = new float[this.words][this.dimensions];
		for (int at = 0; at < this.sentences.length; at++) {
			float[] error = this.targets[at].clone();
			axpy(-1, sum(this.sentences[at], vectors), error);
			spread(this.sentences[at], error, residual);
		}
		float[][] direction = copy(residual);
		double[] square = dots(residual, residual);
		for (int step = 0; step < steps; step++) {
			float[][] image = image(direction);
			double[] curvature = dots(direction, image);
			double[] next = new double[this.dimensions];
			for (int word = 0; word < this.words; word++) {
				for (int d = 0; d < this.dimensions; d++) {
					double length = (curvature[d] > 0) ? square[d] / curvature[d] : 0;
					vectors[word][d] += (float) (length * direction[word][d]);
					residual[word][d] -= (float) (length * image[word][d]);
					next[d] += (double) residual[word][d] * residual[word][d];
				}
			}
			for (int word = 0; word < this.words; word++) {
				for (int d = 0; d < this.dimensions; d++) {
					direction[word][d] = (float) (residual[word][d]
							+ ((square[d] > 0) ? next[d] / square[d] : 0) * direction[word][d]);
				}
			}
			square = next;
		}
	}

	/** The sum of a sentence, divided by the root of the number of its words. */
	static float[] sum(int[] sentence, float[][] vectors) {
		float[] sum = new float[vectors[0].length];
		float factor = (float) (1 / Math.sqrt(sentence.length));
		for (int word : sentence) {
			axpy(factor, vectors[word], sum);
		}
		return sum;
	}

	private float[][] image(float[][] direction) {
		float[][] image = new float[this.words][this.dimensions];
		for (int[] sentence : this.sentences) {
			spread(sentence, sum(sentence, direction), image);
		}
		for (int word = 0; word < this.words; word++) {
			axpy((float) this.penalty, direction[word], image[word]);
		}
		return image;
	}

	private static void spread(int[] sentence, float[] vector, float[][] rows) {
		float factor = (float) (1 / Math.sqrt(sentence.length));
		for (int word : sentence) {
			axpy(factor, vector, rows[word]);
		}
	}

	private double[] dots(float[][] left, float[][] right) {
		double[] dots = new double[this.dimensions];
		for (int word = 0; word < this.words; word++) {
			for (int d = 0; d < this.dimensions; d++) {
				dots[d] += (double) left[word][d] * right[word][d];
			}
		}
		return dots;
	}

	private static void axpy(float factor, float[] from, float[] to) {
		for (int at = 0; at < to.length; at++) {
			to[at] += factor * from[at];
		}
	}

	private static float[][] copy(float[][] rows) {
		float[][] copy = new float[rows.length][];
		for (int at = 0; at < rows.length; at++) {
			copy[at] = rows[at].clone();
		}
		return copy;
	}

}
