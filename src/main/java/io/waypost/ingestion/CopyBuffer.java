package io.waypost.ingestion;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Rows in the text format of PostgreSQL's COPY, written straight into one growing array:
 * JSON is escaped while it is generated, so no string is made of it.
 */
final class CopyBuffer extends OutputStream {

	private byte[] bytes = new byte[64 * 1024];

	private int size;

	private final JsonGenerator json;

	CopyBuffer() throws IOException {
		this.json = IngestionConfiguration.JSON.createGenerator(this);
	}

	CopyBuffer column(String value) {
		byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
		for (byte one : utf8) {
			switch (one) {
				case '\\' -> raw('\\', '\\');
				case '\t' -> raw('\\', 't');
				case '\n' -> raw('\\', 'n');
				case '\r' -> raw('\\', 'r');
				default -> write(one);
			}
		}
		write('\t');
		return this;
	}

	CopyBuffer column(JsonNode value) throws IOException {
		this.json.writeTree(value);
		this.json.flush();
		write('\t');
		return this;
	}

	/** Ends a row in place of its last tab. */
	void end() {
		this.bytes[this.size - 1] = '\n';
	}

	byte[] array() {
		return this.bytes;
	}

	int size() {
		return this.size;
	}

	@Override
	public void write(int one) {
		require(1);
		this.bytes[this.size++] = (byte) one;
	}

	/** What the JSON generator writes: only backslashes mean something to COPY. */
	@Override
	public void write(byte[] source, int offset, int length) {
		require(2 * length);
		for (int i = offset; i < offset + length; i++) {
			if (source[i] == '\\') {
				this.bytes[this.size++] = '\\';
			}
			this.bytes[this.size++] = source[i];
		}
	}

	private void raw(char first, char second) {
		write(first);
		write(second);
	}

	private void require(int more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, 2 * this.bytes.length));
		}
	}

}
