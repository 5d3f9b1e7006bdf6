package io.waypost.feature.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writes the compact encoding of a state: integers as zigzag varints (as in Protocol
 * Buffers), texts as length and UTF-8.
 */
final class StateWriter {

	private static final int INITIAL_CAPACITY = 512;

	private byte[] bytes = new byte[INITIAL_CAPACITY];

	private int length;

	void number(long value) {
		long rest = value << 1 ^ value >> 63;
		reserve(10);
		while ((rest & ~0x7FL) != 0) {
			this.bytes[this.length++] = (byte) (rest & 0x7F | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.length++] = (byte) rest;
	}

	void text(@Nullable String value) {
		if (value == null) {
			number(-1);
			return;
		}
		byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
		number(encoded.length);
		reserve(encoded.length);
		System.arraycopy(encoded, 0, this.bytes, this.length, encoded.length);
		this.length += encoded.length;
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	private void reserve(int more) {
		if (this.length + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.length + more));
		}
	}

}
