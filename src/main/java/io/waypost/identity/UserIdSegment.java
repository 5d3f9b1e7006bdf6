package io.waypost.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The id of a user as one segment of a URL path. Servers refuse or change paths with an
 * encoded slash, backslash, semicolon or percent sign and with dots only. Such an id is
 * written as {@code ~} and the Base64url form of its UTF-8 bytes; all others are written
 * as they are.
 */
public final class UserIdSegment {

	private static final String MARK = "~";

	private static final Pattern UNSAFE = Pattern.compile("[/\\\\;%\\p{Cntrl}]|^~|^\\.{1,2}$|\\.\\.");

	private UserIdSegment() {
	}

	/**
	 * Writes an id, before the encoding of a URL.
	 * @param userId id of a user at the source
	 * @return the segment
	 */
	public static String of(String userId) {
		return UNSAFE.matcher(userId).find()
				? MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(userId.getBytes(StandardCharsets.UTF_8))
				: userId;
	}

	/**
	 * Reads an id, after the decoding of a URL.
	 * @param segment the segment
	 * @return id of a user at the source
	 */
	public static String read(String segment) {
		if (!segment.startsWith(MARK)) {
			return segment;
		}
		try {
			return new String(Base64.getUrlDecoder().decode(segment.substring(1)), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException noBase64) {
			return segment;
		}
	}

}
