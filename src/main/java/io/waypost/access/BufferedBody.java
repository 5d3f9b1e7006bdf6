package io.waypost.access;

import java.io.ByteArrayInputStream;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/** The body of a request that was read before, to be read once more. */
public final class BufferedBody extends ServletInputStream {

	private final ByteArrayInputStream bytes;

	/**
	 * Makes a stream at its beginning.
	 * @param body the whole body
	 */
	public BufferedBody(byte[] body) {
		this.bytes = new ByteArrayInputStream(body);
	}

	@Override
	public int read() {
		return this.bytes.read();
	}

	@Override
	public int read(byte[] target, int from, int length) {
		return this.bytes.read(target, from, length);
	}

	@Override
	public boolean isFinished() {
		return this.bytes.available() == 0;
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public void setReadListener(ReadListener listener) {
		throw new IllegalStateException("The body is available without a listener; read it");
	}

}
