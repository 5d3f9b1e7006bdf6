package io.waypost.access.totp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Time-based one-time passwords (RFC 6238) with the values that authenticator apps
 * support: SHA-1, steps of 30 seconds, six digits.
 */
final class TotpCode {

	/** Length of a secret: that of a SHA-1 hash, as RFC 4226 recommends. */
	static final int SECRET_BYTES = 20;

	private static final int STEP_SECONDS = 30;

	private static final int DIGITS = 6;

	/** Steps that the clock of a phone may differ. */
	private static final int DRIFT = 1;

	private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	private TotpCode() {
	}

	/**
	 * Checks a code.
	 * @param secret shared secret
	 * @param code code as it was entered; spaces are ignored
	 * @param now current time
	 * @param lastStep step of the last code that was accepted; this and earlier steps are
	 * refused, so a code works once
	 * @return the step of the code; empty for a wrong or used code
	 */
	static OptionalLong verify(byte[] secret, String code, Instant now, long lastStep) {
		byte[] entered = code.replace(" ", "").getBytes(US_ASCII);
		long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
		for (long step = current - DRIFT; step <= current + DRIFT; step++) {
			if (step > lastStep && MessageDigest.isEqual(code(secret, step, DIGITS).getBytes(US_ASCII), entered)) {
				return OptionalLong.of(step);
			}
		}
		return OptionalLong.empty();
	}

	/**
	 * Computes a code.
	 * @param secret shared secret
	 * @param step number of the 30-second step since 1970
	 * @param digits 6 to 8
	 * @return the code with leading zeros
	 */
	static String code(byte[] secret, long step, int digits) {
		byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
		int offset = hash[hash.length - 1] & 0xf;
		int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
		return String.format(Locale.ROOT, "%0" + digits + "d", number % (int) Math.pow(10, digits));
	}

	/** Encodes a secret for people and for {@code otpauth} URIs, without padding. */
	static String base32(byte[] secret) {
		StringBuilder text = new StringBuilder();
		int buffer = 0;
		int bits = 0;
		for (byte value : secret) {
			buffer = (buffer << 8) | (value & 0xff);
			bits += 8;
			while (bits >= 5) {
				bits -= 5;
				text.append(BASE32.charAt((buffer >> bits) & 31));
			}
		}
		return (bits > 0) ? text.append(BASE32.charAt((buffer << (5 - bits)) & 31)).toString() : text.toString();
	}

	private static byte[] hmac(byte[] secret, byte[] message) {
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(secret, "RAW"));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA1 is part of every Java platform", ex);
		}
	}

}
