package io.waypost.access.totp;

import java.math.BigInteger;
import java.time.Instant;

/** Computes codes as an authenticator app does. */
public final class AuthenticatorApp {

	private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	private final byte[] secret;

	/**
	 * Adds an account.
	 * @param secret Base32 text of the enrolment page, 32 characters
	 */
	public AuthenticatorApp(String secret) {
		BigInteger number = BigInteger.ZERO;
		for (char digit : secret.toCharArray()) {
			number = number.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(digit)));
		}
		byte[] bytes = number.toByteArray();
		this.secret = new byte[TotpCode.SECRET_BYTES];
		for (int index = 1; index <= Math.min(bytes.length, this.secret.length); index++) {
			this.secret[this.secret.length - index] = bytes[bytes.length - index];
		}
	}

	public String code(Instant at) {
		return TotpCode.code(this.secret, at.getEpochSecond() / 30, 6);
	}

}
