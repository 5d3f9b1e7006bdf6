package io.waypost.agent.evaluate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of n-grams by a 32-bit hash. Two n-grams with one hash share their count, which
 * is rare enough for scores.
 */
final class NGramTable {

	private final int[] keys;

	private final int[] counts;

	private NGramTable(int[] keys, int[] counts) {
		this.keys = keys;
		this.counts = counts;
	}

	/** Returns the count, 0 when the n-gram was not seen. */
	int count(int hash) {
		int mask = this.keys.length - 1;
		for (int at = spread(hash) & mask;; at = (at + 1) & mask) {
			if (this.counts[at] == 0) {
				return 0;
			}
			if (this.keys[at] == hash) {
				return this.counts[at];
			}
		}
	}

	static int hash(String token) {
		int hash = 0x811c9dc5;
		for (int at = 0; at < token.length(); at++) {
			hash = (hash ^ token.charAt(at)) * 0x01000193;
		}
		return spread(hash);
	}

	static int combine(int left, int right) {
		return spread(left * 31 + right + 0x9e3779b9);
	}

	private static int spread(int hash) {
		int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
		mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
		return mixed ^ (mixed >>> 16);
	}

	/** Reads what {@link #write} wrote. */
	static NGramTable read(DataInputStream in) throws IOException {
		int size = in.readInt();
		int capacity = Integer.highestOneBit(Math.max(4, size * 2)) * 2;
		int[] keys = new int[capacity];
		int[] counts = new int[capacity];
		int key = Integer.MIN_VALUE;
		for (int i = 0; i < size; i++) {
			key += readNumber(in);
			int count = readNumber(in);
			int at = spread(key) & (capacity - 1);
			while (counts[at] != 0) {
				at = (at + 1) & (capacity - 1);
			}
			keys[at] = key;
			counts[at] = count;
		}
		return new NGramTable(keys, counts);
	}

	/** Writes counts in the order of their hashes, as differences of variable length. */
	static void write(DataOutputStream out, Map<Integer, Integer> counts) throws IOException {
		out.writeInt(counts.size());
		int last = Integer.MIN_VALUE;
		for (Map.Entry<Integer, Integer> entry : new TreeMap<>(counts).entrySet()) {
			writeNumber(out, entry.getKey() - last);
			writeNumber(out, entry.getValue());
			last = entry.getKey();
		}
	}

	private static int readNumber(DataInputStream in) throws IOException {
		int value = 0;
		for (int shift = 0;; shift += 7) {
			int part = in.readUnsignedByte();
			value |= (part & 0x7f) << shift;
			if (part < 0x80) {
				return value;
			}
		}
	}

	private static void writeNumber(DataOutputStream out, int value) throws IOException {
		int rest = value;
		while ((rest & ~0x7f) != 0) {
			out.writeByte(rest & 0x7f | 0x80);
			rest >>>= 7;
		}
		out.writeByte(rest);
	}

	@Override
	public String toString() {
		return Arrays.stream(this.counts).filter((count) -> count > 0).count() + " n-grams";
	}

}
