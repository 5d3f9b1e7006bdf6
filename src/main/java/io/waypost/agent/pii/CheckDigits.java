package io.waypost.agent.pii;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** Check digits of identifiers. Each method ignores separators. */
final class CheckDigits {

	private static final String BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

	private static final String BECH_32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

	private static final int[] BECH_32_GENERATOR = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };

	private CheckDigits() {
	}

	static String digits(String text) {
		StringBuilder digits = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char letter = text.charAt(i);
			if (letter >= '0' && letter <= '9') {
				digits.append(letter);
			}
		}
		return digits.toString();
	}

	/** ISO 7812: cards, and providers with the prefix 80840. */
	static boolean luhn(String text) {
		String digits = digits(text);
		int sum = 0;
		for (int i = 0; i < digits.length(); i++) {
			int digit = digits.charAt(digits.length() - 1 - i) - '0';
			int doubled = (i % 2 == 1) ? digit * 2 : digit;
			sum += (doubled > 9) ? doubled - 9 : doubled;
		}
		return sum % 10 == 0 && digits.chars().distinct().count() > 1;
	}

	/**
	 * ISO 13616: with its first four characters moved to the end, the number modulo 97 is
	 * 1.
	 */
	static boolean iban(String compact) {
		String rotated = compact.substring(4) + compact.substring(0, 4);
		int remainder = 0;
		for (int i = 0; i < rotated.length(); i++) {
			int value = Character.digit(rotated.charAt(i), 36);
			remainder = (remainder * ((value > 9) ? 100 : 10) + value) % 97;
		}
		return remainder == 1;
	}

	/** National Health Service number: modulo 11. */
	static boolean nhs(String text) {
		String digits = digits(text);
		int sum = 0;
		for (int i = 0; i < 9; i++) {
			sum += (digits.charAt(i) - '0') * (10 - i);
		}
		return (11 - sum % 11) % 11 == digits.charAt(9) - '0';
	}

	/** Routing number of American banks: weights 3, 7, 1. */
	static boolean routingNumber(String text) {
		String digits = digits(text);
		int sum = 0;
		for (int i = 0; i < 9; i++) {
			sum += (digits.charAt(i) - '0') * ((i % 3 == 0) ? 3 : (i % 3 == 1) ? 7 : 1);
		}
		return sum % 10 == 0 && sum > 0;
	}

	/** Certificate number of American doctors. */
	static boolean medicalLicense(String text) {
		String digits = digits(text);
		int odd = digits.charAt(0) + digits.charAt(2) + digits.charAt(4) - 3 * '0';
		int even = digits.charAt(1) + digits.charAt(3) + digits.charAt(5) - 3 * '0';
		return (odd + 2 * even) % 10 == digits.charAt(6) - '0';
	}

	/** Bitcoin: base 58 with a checksum, or bech32 (BIP 173, BIP 350). */
	static boolean wallet(String text) {
		return text.regionMatches(true, 0, "bc1", 0, 3) ? bech32(text.toLowerCase(Locale.ROOT)) : base58(text);
	}

	private static boolean base58(String text) {
		BigInteger value = BigInteger.ZERO;
		for (int i = 0; i < text.length(); i++) {
			int digit = BASE_58.indexOf(text.charAt(i));
			if (digit < 0) {
				return false;
			}
			value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
		}
		byte[] bytes = value.toByteArray();
		byte[] padded = new byte[25];
		int length = Math.min(bytes.length, 25);
		if (bytes.length > 26) {
			return false;
		}
		System.arraycopy(bytes, bytes.length - length, padded, 25 - length, length);
		byte[] hash = sha256(sha256(Arrays.copyOf(padded, 21)));
		return Arrays.equals(hash, 0, 4, padded, 21, 25);
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static boolean bech32(String text) {
		byte[] prefix = "bc".getBytes(StandardCharsets.US_ASCII);
		int check = 1;
		for (byte letter : prefix) {
			check = step(check, letter >> 5);
		}
		check = step(check, 0);
		for (byte letter : prefix) {
			check = step(check, letter & 31);
		}
		for (int i = 3; i < text.length(); i++) {
			int value = BECH_32.indexOf(text.charAt(i));
			if (value < 0) {
				return false;
			}
			check = step(check, value);
		}
		return check == 1 || check == 0x2bc830a3;
	}

	private static int step(int check, int value) {
		int top = check >>> 25;
		int next = ((check & 0x1ffffff) << 5) ^ value;
		for (int i = 0; i < 5; i++) {
			next ^= ((top >> i & 1) == 1) ? BECH_32_GENERATOR[i] : 0;
		}
		return next;
	}

}
