package io.waypost.access.idempotency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.waypost.access.BufferedBody;
import io.waypost.access.InvalidRequestException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request whose body can be read before the controller reads it. Also holds the claim
 * on its key.
 */
final class BufferedBodyRequest extends HttpServletRequestWrapper {

	/** Largest body of a request with an Idempotency-Key, in bytes. */
	static final int MAX_BODY = 2_097_152;

	private byte @Nullable [] body;

	private KeyClaim.@Nullable Granted claim;

	private boolean storesAnswer;

	BufferedBodyRequest(HttpServletRequest request) {
		super(request);
	}

	/**
	 * Reads the whole body.
	 * @throws InvalidRequestException a 413 for a body over the limit
	 */
	byte[] body() throws IOException {
		if (this.body == null) {
			byte[] read = super.getInputStream().readNBytes(MAX_BODY + 1);
			if (read.length > MAX_BODY) {
				throw new InvalidRequestException(HttpStatus.PAYLOAD_TOO_LARGE,
						"A request with an Idempotency-Key has a body of at most %d bytes; send an import in parts, or without the key: it can be repeated"
							.formatted(MAX_BODY),
						List.of());
			}
			this.body = read;
		}
		return this.body;
	}

	/**
	 * Sets the claim of this request.
	 * @param granted the claim
	 * @param storesAnswer whether its answer is stored; false for an operation that is
	 * carried out again
	 */
	void claimed(KeyClaim.Granted granted, boolean storesAnswer) {
		this.claim = granted;
		this.storesAnswer = storesAnswer;
	}

	boolean storesAnswer() {
		return this.storesAnswer;
	}

	/** The claim of this request; null if it was refused before, or needs none. */
	KeyClaim.@Nullable Granted claim() {
		return this.claim;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return (this.body != null) ? new BufferedBody(this.body) : super.getInputStream();
	}

	@Override
	public BufferedReader getReader() throws IOException {
		if (this.body == null) {
			return super.getReader();
		}
		String encoding = getCharacterEncoding();
		return new BufferedReader(new InputStreamReader(getInputStream(),
				(encoding != null) ? Charset.forName(encoding) : StandardCharsets.UTF_8));
	}

}
