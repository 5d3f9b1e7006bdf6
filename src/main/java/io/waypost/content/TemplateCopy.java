package io.waypost.content;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The rendered texts of a template. A text that the template leaves to the executor is
 * null or empty.
 *
 * @param subject one line
 * @param preheader one line
 * @param headline one line
 * @param paragraphs body text
 * @param callToAction label of the button
 */
public record TemplateCopy(@Nullable String subject, @Nullable String preheader, @Nullable String headline,
		List<String> paragraphs, @Nullable String callToAction) {

	private static final Pattern BLANK_LINES = Pattern.compile("\\R[\\t ]*\\R\\s*");

	public TemplateCopy {
		paragraphs = List.copyOf(paragraphs);
	}

	/**
	 * Splits a text into paragraphs at blank lines.
	 * @param text any text, or null
	 * @return the paragraphs without surrounding white space; none is empty
	 */
	public static List<String> paragraphs(@Nullable String text) {
		if (text == null) {
			return List.of();
		}
		return Arrays.stream(BLANK_LINES.split(text)).map(String::strip).filter((part) -> !part.isEmpty()).toList();
	}

}
