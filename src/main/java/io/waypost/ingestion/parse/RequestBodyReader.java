package io.waypost.ingestion.parse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.waypost.access.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;

/**
 * Reads request bodies of sources regardless of their headers: libraries send gzip
 * without the header, and JSON with the content type of a form.
 */
public final class RequestBodyReader {

	private static final int GZIP_FIRST = 0x1f;

	private static final int GZIP_SECOND = 0x8b;

	private static final int PART = 8192;

	private RequestBodyReader() {
	}

	public static byte[] read(HttpServletRequest request, long limit) throws IOException {
		if (request.getContentLengthLong() > limit) {
			throw tooLarge(limit);
		}
		return unzip(readLimited(request.getInputStream(), limit), limit);
	}

	/**
	 * Unzips a body that begins like gzip. Stops at the limit, as a protection against
	 * decompression bombs.
	 */
	public static byte[] unzip(byte[] body, long limit) {
		if (body.length < 2 || (body[0] & 0xff) != GZIP_FIRST || (body[1] & 0xff) != GZIP_SECOND) {
			return body;
		}
		try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
			return readLimited(unzipped, limit);
		}
		catch (IOException ex) {
			throw InvalidRequestException.badRequest("", "The body begins like gzip but cannot be decompressed");
		}
	}

	static byte[] readLimited(InputStream source, long limit) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		byte[] part = new byte[PART];
		int length = source.read(part);
		while (length >= 0) {
			body.write(part, 0, length);
			if (body.size() > limit) {
				throw tooLarge(limit);
			}
			length = source.read(part);
		}
		return body.toByteArray();
	}

	private static InvalidRequestException tooLarge(long limit) {
		return new InvalidRequestException(HttpStatus.PAYLOAD_TOO_LARGE,
				"The body is larger than %d bytes; send fewer events per request".formatted(limit), List.of());
	}

}
