package io.waypost.agent.embed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * Rows of bytes by word. A word is kept as a hash of 32 bits; several words may share a
 * row. A value is the byte times the scale of its row.
 */
final class EmbeddingTable {

	/** Number of values in a row. */
	static final int DIMENSIONS = 96;

	/** English, German, French, and texts of unknown language. */
	static final int LANGUAGES = 4;

	/** A power of two, at least twice the number of keys. */
	private static final int PLACES = 1 << 17;

	private static final int FORMAT = 1;

	private static final int LARGEST = 127;

	private static final int SEED = 0x811C9DC5;

	private final int[] keys;

	private final int[] rows;

	private final float[] scales;

	private final byte[] values;

	private final float[][] means;

	/**
	 * Position of a key plus one, at its hash or in one of the next places; 0 is free.
	 */
	private final char[] places = new char[PLACES];

	private EmbeddingTable(int[] keys, int[] rows, float[] scales, byte[] values, float[][] means) {
		this.means = means;
		this.keys = keys;
		this.rows = rows;
		this.scales = scales;
		this.values = values;
		for (int at = 0; at < keys.length; at++) {
			int place = place(keys[at]);
			while (this.places[place] != 0) {
				place = (place + 1) & (PLACES - 1);
			}
			this.places[place] = (char) (at + 1);
		}
	}

	/**
	 * Rounds vectors.
	 * @param rowOfKey row by key
	 * @param exact the vectors
	 * @param means mean vector of ordinary copy by number of the language
	 */
	static EmbeddingTable of(Map<Integer, Integer> rowOfKey, float[][] exact, float[][] means) {
		if (rowOfKey.size() >= Character.MAX_VALUE) {
			throw new IllegalArgumentException(
					"%d words are more than the table can hold; raise fewestUses".formatted(rowOfKey.size()));
		}
		int[] keys = rowOfKey.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
		int[] rows = Arrays.stream(keys).map(rowOfKey::get).toArray();
		float[] scales = new float[exact.length];
		byte[] values = new byte[exact.length * DIMENSIONS];
		for (int row = 0; row < exact.length; row++) {
			float most = 1e-9f;
			for (float value : exact[row]) {
				most = Math.max(most, Math.abs(value));
			}
			scales[row] = most / LARGEST;
			for (int at = 0; at < DIMENSIONS; at++) {
				values[row * DIMENSIONS + at] = (byte) Math.round(exact[row][at] / scales[row]);
			}
		}
		return new EmbeddingTable(keys, rows, scales, values, means);
	}

	/** Starts the key of a word in a language. */
	static int start(char language) {
		return extended(SEED, language);
	}

	/** Adds a letter to a key. */
	static int extended(int key, char letter) {
		return (key ^ letter) * 0x01000193;
	}

	/** Returns the key of a word in a language. */
	static int key(char language, CharSequence word, int from, int to) {
		int key = start(language);
		for (int at = from; at < to; at++) {
			key = extended(key, word.charAt(at));
		}
		return key;
	}

	/** Returns the row of a key, -1 when there is none. */
	int row(int key) {
		for (int place = place(key); this.places[place] != 0; place = (place + 1) & (PLACES - 1)) {
			int at = this.places[place] - 1;
			if (this.keys[at] == key) {
				return this.rows[at];
			}
		}
		return -1;
	}

	private static int place(int key) {
		int mixed = key * 0x9E3779B1;
		return (mixed ^ mixed >>> 15) & (PLACES - 1);
	}

	/** Adds a row times a weight to a vector. */
	void add(int row, float weight, float[] sum) {
		float scale = this.scales[row] * weight;
		int start = row * DIMENSIONS;
		for (int at = 0; at < DIMENSIONS; at++) {
			sum[at] += scale * this.values[start + at];
		}
	}

	/** Subtracts the mean vector of ordinary copy in a language. */
	void centre(int language, float[] vector) {
		for (int at = 0; at < DIMENSIONS; at++) {
			vector[at] -= this.means[language][at];
		}
	}

	/** Returns the number of words. */
	int size() {
		return this.keys.length;
	}

	void write(OutputStream stream) throws IOException {
		DataOutputStream out = new DataOutputStream(stream);
		out.writeByte(FORMAT);
		out.writeInt(this.keys.length);
		out.writeInt(this.scales.length);
		for (int at = 0; at < this.keys.length; at++) {
			out.writeInt(this.keys[at]);
			out.writeShort(this.rows[at]);
		}
		for (float scale : this.scales) {
			out.writeFloat(scale);
		}
		out.write(this.values);
		for (float[] mean : this.means) {
			for (float value : mean) {
				out.writeFloat(value);
			}
		}
		out.flush();
	}

	static EmbeddingTable read(InputStream stream) throws IOException {
		DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
		int format = in.readByte();
		if (format != FORMAT) {
			throw new IOException(
					"The word embeddings have format %d instead of %d; distil them again".formatted(format, FORMAT));
		}
		int[] keys = new int[in.readInt()];
		int[] rows = new int[keys.length];
		float[] scales = new float[in.readInt()];
		for (int at = 0; at < keys.length; at++) {
			keys[at] = in.readInt();
			rows[at] = in.readUnsignedShort();
		}
		for (int at = 0; at < scales.length; at++) {
			scales[at] = in.readFloat();
		}
		byte[] values = in.readNBytes(scales.length * DIMENSIONS);
		float[][] means = new float[LANGUAGES][DIMENSIONS];
		for (float[] mean : means) {
			for (int at = 0; at < DIMENSIONS; at++) {
				mean[at] = in.readFloat();
			}
		}
		return new EmbeddingTable(keys, rows, scales, values, means);
	}

}
