package io.waypost.agent.embed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The directions of the largest variance of vectors, by cyclic Jacobi rotations of their
 * covariance.
 */
final class PrincipalComponents {

	private static final int SWEEPS = 8;

	private final double[] mean;

	private final double[][] axes;

	private final double share;

	private PrincipalComponents(double[] mean, double[][] axes, double share) {
		this.mean = mean;
		this.axes = axes;
		this.share = share;
	}

	static PrincipalComponents of(float[][] vectors, int count) {
		int size = vectors[0].length;
		double[] mean = new double[size];
		for (float[] vector : vectors) {
			for (int i = 0; i < size; i++) {
				mean[i] += vector[i] / vectors.length;
			}
		}
		double[][] covariance = covariance(vectors, mean);
		double[][] axes = rotate(covariance);
		int[] order = IntStream.range(0, size)
			.boxed()
			.sorted(Comparator.comparingDouble((Integer i) -> -covariance[i][i]))
			.mapToInt(Integer::intValue)
			.toArray();
		double all = IntStream.range(0, size).mapToDouble((i) -> covariance[i][i]).sum();
		double kept = Arrays.stream(order, 0, count).mapToDouble((i) -> covariance[i][i]).sum();
		double[][] best = Arrays.stream(order, 0, count).mapToObj((i) -> axes[i]).toArray(double[][]::new);
		return new PrincipalComponents(mean, best, kept / all);
	}

	/** Share of the variance that is kept. */
	double share() {
		return this.share;
	}

	float[] project(float[] vector) {
		float[] projected = new float[this.axes.length];
		for (int axis = 0; axis < projected.length; axis++) {
			double sum = 0;
			for (int i = 0; i < vector.length; i++) {
				sum += (vector[i] - this.mean[i]) * this.axes[axis][i];
			}
			projected[axis] = (float) sum;
		}
		return projected;
	}

	private static double[][] covariance(float[][] vectors, double[] mean) {
		int size = mean.length;
		double[][] covariance = new double[size][size];
		double[] centred = new double[size];
		for (float[] vector : vectors) {
			for (int i = 0; i < size; i++) {
				centred[i] = vector[i] - mean[i];
			}
			for (int i = 0; i < size; i++) {
				for (int j = 0; j <= i; j++) {
					covariance[i][j] += centred[i] * centred[j] / vectors.length;
				}
			}
		}
		for (int i = 0; i < size; i++) {
			for (int j = 0; j < i; j++) {
				covariance[j][i] = covariance[i][j];
			}
		}
		return covariance;
	}

	/** Makes the matrix diagonal; the rows of the result are the axes. */
	private static double[][] rotate(double[][] matrix) {
		int size = matrix.length;
		double[][] axes = new double[size][size];
		for (int i = 0; i < size; i++) {
			axes[i][i] = 1;
		}
		for (int sweep = 0; sweep < SWEEPS; sweep++) {
			for (int p = 0; p < size - 1; p++) {
				for (int q = p + 1; q < size; q++) {
					rotate(matrix, axes, p, q);
				}
			}
		}
		return axes;
	}

	private static void rotate(double[][] matrix, double[][] axes, int p, int q) {
		if (Math.abs(matrix[p][q]) < 1e-15) {
			return;
		}
		double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
		double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
		double cosine = 1 / Math.sqrt(tangent * tangent + 1);
		double sine = tangent * cosine;
		for (double[] row : matrix) {
			double left = row[p];
			row[p] = cosine * left - sine * row[q];
			row[q] = sine * left + cosine * row[q];
		}
		mix(matrix[p], matrix[q], cosine, sine);
		mix(axes[p], axes[q], cosine, sine);
	}

	private static void mix(double[] left, double[] right, double cosine, double sine) {
		for (int i = 0; i < left.length; i++) {
			double value = left[i];
			left[i] = cosine * value - sine * right[i];
			right[i] = sine * value + cosine * right[i];
		}
	}

}
