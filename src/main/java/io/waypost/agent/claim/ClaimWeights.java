package io.waypost.agent.claim;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Weights of the linear model: a row of bytes for each bucket, a column for each kind,
 * and a last column for a claim of any kind. A weight is the byte times the scale of its
 * column.
 */
final class ClaimWeights {

	static final int COLUMNS = ClaimKind.values().length + 1;

	/** Column of "any kind". */
	static final int ANY = COLUMNS - 1;

	private static final int FORMAT = 1;

	private static final int LARGEST = 127;

	private final float[] scales;

	private final float[] biases;

	private final byte[] weights;

	private ClaimWeights(float[] scales, float[] biases, byte[] weights) {
		this.scales = scales;
		this.biases = biases;
		this.weights = weights;
	}

	/** Rounds weights; the first index is the column, the second the bucket. */
	static ClaimWeights of(double[][] exact, double[] biases) {
		ClaimWeights rounded = new ClaimWeights(new float[COLUMNS], new float[COLUMNS],
				new byte[ClaimFeatures.BUCKETS * COLUMNS]);
		for (int column = 0; column < COLUMNS; column++) {
			double most = 1e-9;
			for (double weight : exact[column]) {
				most = Math.max(most, Math.abs(weight));
			}
			rounded.scales[column] = (float) (most / LARGEST);
			rounded.biases[column] = (float) biases[column];
			for (int bucket = 0; bucket < exact[column].length; bucket++) {
				rounded.weights[bucket * COLUMNS + column] = (byte) Math
					.round(exact[column][bucket] / rounded.scales[column]);
			}
		}
		return rounded;
	}

	static ClaimWeights read(InputStream bytes) throws IOException {
		DataInputStream in = new DataInputStream(bytes);
		if (in.readInt() != FORMAT || in.readInt() != ClaimFeatures.BUCKETS || in.readInt() != COLUMNS) {
			throw new IOException("The weights have another format; train the claim classifier again");
		}
		float[] scales = new float[COLUMNS];
		float[] biases = new float[COLUMNS];
		for (int column = 0; column < COLUMNS; column++) {
			scales[column] = in.readFloat();
			biases[column] = in.readFloat();
		}
		byte[] weights = new byte[ClaimFeatures.BUCKETS * COLUMNS];
		in.readFully(weights);
		return new ClaimWeights(scales, biases, weights);
	}

	void write(OutputStream bytes) throws IOException {
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(FORMAT);
		out.writeInt(ClaimFeatures.BUCKETS);
		out.writeInt(COLUMNS);
		for (int column = 0; column < COLUMNS; column++) {
			out.writeFloat(this.scales[column]);
			out.writeFloat(this.biases[column]);
		}
		out.write(this.weights);
		out.flush();
	}

	/** Returns the score of each column: log-odds of the claim against no claim. */
	float[] scores(ClaimFeatures features) {
		float[] sums = new float[COLUMNS];
		for (int i = 0; i < features.size(); i++) {
			int row = features.bucket(i) * COLUMNS;
			float value = features.value(i);
			for (int column = 0; column < COLUMNS; column++) {
				sums[column] += value * this.weights[row + column];
			}
		}
		for (int column = 0; column < COLUMNS; column++) {
			sums[column] = sums[column] * this.scales[column] + this.biases[column];
		}
		return sums;
	}

}
