package io.waypost.access.idempotency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The response to a request with an Idempotency-Key.
 *
 * @param status HTTP status
 * @param contentType Content-Type, empty without one
 * @param location Location, empty without one
 * @param size length of the body in bytes
 * @param body the body; empty if it is too large to store
 */
record StoredAnswer(int status, String contentType, String location, int size, byte[] body) {

	/** Larger bodies are not stored. */
	static final int MAX_BODY = 262_144;

	static StoredAnswer of(int status, String contentType, String location, byte[] body) {
		return new StoredAnswer(status, contentType, location, body.length,
				(body.length <= MAX_BODY) ? body : new byte[0]);
	}

	/** Whether the response can be sent again. */
	boolean isComplete() {
		return this.body.length == this.size;
	}

	byte[] toBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(this.body.length + 256);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeInt(this.status);
			writeText(out, this.contentType);
			writeText(out, this.location);
			out.writeInt(this.size);
			out.write(this.body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	static StoredAnswer fromBytes(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			return new StoredAnswer(in.readInt(), readText(in), readText(in), in.readInt(), in.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A stored answer of %d bytes cannot be read".formatted(bytes.length), ex);
		}
	}

	private static void writeText(DataOutputStream out, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static String readText(DataInputStream in) throws IOException {
		return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
	}

}
