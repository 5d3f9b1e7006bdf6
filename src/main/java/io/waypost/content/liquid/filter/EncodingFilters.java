package io.waypost.content.liquid.filter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidException;
import org.jspecify.annotations.Nullable;

/** Filters for URLs and Base64. */
final class EncodingFilters {

	private static final int BYTES_OF_A_CHARACTER = 3;

	private static final int HEXADECIMAL = 16;

	private static final String HEX_DIGITS = "0123456789ABCDEF";

	private EncodingFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("url_encode", EncodingFilters::urlEncode)
			.add("url_decode", EncodingFilters::urlDecode)
			.add("base64_encode", (input, arguments, context) -> encode(Base64.getEncoder(), input, context))
			.add("base64_url_safe_encode",
					(input, arguments, context) -> encode(Base64.getUrlEncoder(), input, context))
			.add("base64_decode", (input, arguments, context) -> decode(context.text(input), "base64_decode", context))
			.add("base64_url_safe_decode", (input, arguments, context) -> decode(padded(context.text(input)),
					"base64_url_safe_decode", context));
	}

	private static @Nullable Object urlEncode(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		if (input == null) {
			return null;
		}
		BoundedText result = context.builder();
		for (byte code : bytes(context.text(input), context)) {
			if (isUnreserved((char) (code & 0xff))) {
				result.append((char) code);
			}
			else if (code == ' ') {
				result.append('+');
			}
			else {
				result.append('%')
					.append(HEX_DIGITS.charAt((code & 0xff) / HEXADECIMAL))
					.append(HEX_DIGITS.charAt(code & 0xf));
			}
		}
		return result.toString();
	}

	private static boolean isUnreserved(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || "-._~".indexOf(character) >= 0;
	}

	private static @Nullable Object urlDecode(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		if (input == null) {
			return null;
		}
		byte[] encoded = bytes(context.text(input), context);
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
		for (int i = 0; i < encoded.length; i++) {
			int code = (encoded[i] == '%') ? hexadecimal(encoded, i + 1) : -1;
			if (code >= 0) {
				decoded.write(code);
				i += 2;
			}
			else {
				decoded.write((encoded[i] == '+') ? ' ' : encoded[i]);
			}
		}
		return text(decoded.toByteArray(), "url_decode", context);
	}

	/** Returns the byte of two hexadecimal digits, -1 when there are none. */
	private static int hexadecimal(byte[] encoded, int index) {
		if (index + 1 >= encoded.length) {
			return -1;
		}
		int high = Character.digit(encoded[index], HEXADECIMAL);
		int low = Character.digit(encoded[index + 1], HEXADECIMAL);
		return (high < 0 || low < 0) ? -1 : high * HEXADECIMAL + low;
	}

	private static String encode(Base64.Encoder encoder, @Nullable Object input, FilterContext context) {
		byte[] bytes = bytes(context.text(input), context);
		context.budget().text(2L * bytes.length);
		return encoder.encodeToString(bytes);
	}

	private static String decode(String encoded, String filter, FilterContext context) {
		context.budget().text(encoded.length());
		try {
			if (encoded.length() % 4 != 0) {
				throw new IllegalArgumentException("not padded");
			}
			return text(Base64.getDecoder().decode(encoded), filter, context);
		}
		catch (IllegalArgumentException ex) {
			throw LiquidException.of("%s: the text is no Base64; check the value".formatted(filter));
		}
	}

	private static String padded(String text) {
		String standard = text.replace('-', '+').replace('_', '/');
		return standard.endsWith("=") ? standard : standard + "=".repeat((4 - standard.length() % 4) % 4);
	}

	private static byte[] bytes(String text, FilterContext context) {
		context.budget().text((long) BYTES_OF_A_CHARACTER * text.length());
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes, String filter, FilterContext context) {
		context.budget().text(bytes.length);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw LiquidException.of("%s: the result is no UTF-8 text; check the value".formatted(filter));
		}
	}

}
