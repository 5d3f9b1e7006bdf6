package io.waypost.access;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.InvalidRequestException.Violation;

import org.springframework.http.HttpStatus;

/**
 * Checks of JSON bodies before anything reads their values: the encoding, and characters
 * that PostgreSQL cannot store.
 */
public final class JsonText {

	/** Longer names are cut in messages. */
	private static final int SHOWN = 80;

	private JsonText() {
	}

	/**
	 * Requires UTF-8, the only encoding of JSON between systems (RFC 8259). JSON parsers
	 * detect UTF-16 and UTF-32 and read them, but then report no offsets of bytes.
	 * @param body the body as received, decompressed
	 * @throws InvalidRequestException a 415
	 */
	public static void requireUtf8(byte[] body) {
		if (body.length >= 2 && (isByteOrderMark(body) || body[0] == 0 || body[1] == 0)) {
			throw new InvalidRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
					"The body is encoded in UTF-16 or UTF-32; send JSON in UTF-8", List.of());
		}
	}

	private static boolean isByteOrderMark(byte[] body) {
		int mark = (body[0] & 0xff) << 8 | body[1] & 0xff;
		return mark == 0xfeff || mark == 0xfffe;
	}

	/**
	 * Finds names and strings with a null character or half of a surrogate pair.
	 * @param body the body
	 * @return a violation for each
	 */
	public static List<Violation> unstorable(JsonNode body) {
		List<Violation> violations = new ArrayList<>();
		collect(body, "", violations);
		return violations;
	}

	private static void collect(JsonNode value, String pointer, List<Violation> violations) {
		if (value.isTextual()) {
			add(value.textValue(), pointer, violations);
		}
		else if (value.isArray()) {
			for (int index = 0; index < value.size(); index++) {
				collect(value.get(index), pointer + "/" + index, violations);
			}
		}
		else {
			value.properties().forEach((field) -> {
				String name = field.getKey();
				if (isStorable(name)) {
					collect(field.getValue(), pointer + "/" + name.replace("~", "~0").replace("/", "~1"), violations);
				}
				else {
					add(name, pointer, violations);
				}
			});
		}
	}

	private static void add(String text, String pointer, List<Violation> violations) {
		if (!isStorable(text)) {
			violations.add(new Violation(pointer, problem(text)));
		}
	}

	/**
	 * Describes the wrong character of a text.
	 * @param text a text that is not storable
	 * @return the text with the character replaced, and how to fix it
	 */
	public static String problem(String text) {
		String shown = text.substring(0, Math.min(SHOWN, text.length())).replaceAll("[\\x00\\p{Cs}]", "\ufffd");
		return "'%s' contains a null character or half of a surrogate pair; remove it".formatted(shown);
	}

	/**
	 * Tells whether PostgreSQL can store a text.
	 * @param text any text
	 * @return false with a null character or an unpaired surrogate
	 */
	public static boolean isStorable(String text) {
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			if (character == 0) {
				return false;
			}
			if (Character.isSurrogate(character)) {
				boolean pair = Character.isHighSurrogate(character) && index + 1 < text.length()
						&& Character.isLowSurrogate(text.charAt(index + 1));
				if (!pair) {
					return false;
				}
				index++;
			}
		}
		return true;
	}

}
