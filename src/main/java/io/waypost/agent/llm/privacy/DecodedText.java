package io.waypost.agent.llm.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes a text whose parts may be escaped as in JSON or in URLs, also several times.
 */
final class DecodedText {

	private static final int ROUNDS = 4;

	private static final Pattern JSON_ESCAPE = Pattern.compile("\\\\(?:u+([0-9A-Fa-f]{4})|([^u]))");

	private static final Pattern URL_ESCAPES = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

	private DecodedText() {
	}

	/**
	 * Decodes until nothing changes.
	 * @param text any text
	 * @return the text and each decoded form
	 */
	static List<String> forms(String text) {
		List<String> forms = new ArrayList<>(List.of(text));
		for (int round = 0; round < ROUNDS; round++) {
			String last = forms.getLast();
			String next = urlDecoded(jsonDecoded(last));
			if (next.equals(last)) {
				break;
			}
			forms.add(next);
		}
		return forms;
	}

	private static String jsonDecoded(String text) {
		return (text.indexOf('\\') < 0) ? text
				: JSON_ESCAPE.matcher(text).replaceAll((escape) -> Matcher.quoteReplacement(character(escape)));
	}

	private static String character(MatchResult escape) {
		if (escape.group(1) != null) {
			return String.valueOf((char) Integer.parseInt(escape.group(1), 16));
		}
		return switch (escape.group(2)) {
			case "n", "r", "t", "b", "f" -> " ";
			default -> escape.group(2);
		};
	}

	private static String urlDecoded(String text) {
		return (text.indexOf('%') < 0) ? text
				: URL_ESCAPES.matcher(text).replaceAll((escapes) -> Matcher.quoteReplacement(utf8(escapes.group())));
	}

	private static String utf8(String escapes) {
		byte[] bytes = new byte[escapes.length() / 3];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) Integer.parseInt(escapes.substring(3 * i + 1, 3 * i + 3), 16);
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
