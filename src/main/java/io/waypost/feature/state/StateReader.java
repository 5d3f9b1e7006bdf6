package io.waypost.feature.state;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {

	private static final int ANY = Integer.MAX_VALUE;

	private final byte[] bytes;

	private int position;

	StateReader(byte[] bytes) {
		this.bytes = bytes;
	}

	long number() {
		long rest = 0;
		int shift = 0;
		byte next;
		do {
			next = this.bytes[this.position++];
			rest |= (next & 0x7FL) << shift;
			shift += 7;
		}
		while (next < 0);
		return rest >>> 1 ^ -(rest & 1);
	}

	boolean hasMore() {
		return this.position < this.bytes.length;
	}

	/** Reads a number of elements; the limit protects memory against damaged data. */
	int count(int limit) {
		long count = number();
		if (count < 0 || count > limit) {
			throw new IllegalStateException("Feature state is damaged: it declares " + count + " elements");
		}
		return (int) count;
	}

	int count() {
		return count(ANY);
	}

	@Nullable String text() {
		int length = (int) number();
		if (length < 0) {
			return null;
		}
		this.position += length;
		return new String(this.bytes, this.position - length, length, StandardCharsets.UTF_8);
	}

	String requireText() {
		String text = text();
		if (text == null) {
			throw new IllegalStateException("Feature state is damaged: a required text is missing");
		}
		return text;
	}

}
