package io.waypost.audience.language;

import java.util.List;
import java.util.regex.Pattern;

/** Parses and formats definitions of segments. */
public final class SegmentLanguage {

	/** Pattern of segment names. */
	public static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

	/** Maximum number of characters of a definition. */
	public static final int MAX_LENGTH = 4000;

	/** Maximum nesting of parentheses and negations. */
	public static final int MAX_DEPTH = 20;

	/** Maximum number of single conditions of a definition. */
	public static final int MAX_CONDITIONS = 50;

	/** Maximum window or age in days: ten years. */
	public static final int MAX_DAYS = 3650;

	private SegmentLanguage() {
	}

	/**
	 * Parses a definition.
	 * @param source at most {@link #MAX_LENGTH} characters
	 * @return the condition, or the position and cause of the syntax error
	 */
	public static ParseResult parse(String source) {
		try {
			if (source.length() > MAX_LENGTH) {
				SegmentToken token = new SegmentToken(SegmentToken.TokenType.END, "", new SourcePosition(1, 1));
				throw new SegmentSyntaxException(token,
						"is too long at %d characters; a definition has at most %d and can refer to other "
							.formatted(source.length(), MAX_LENGTH) + "segments",
						List.of());
			}
			return SegmentParser.parse(source);
		}
		catch (SegmentSyntaxException error) {
			return error.problem();
		}
	}

	/**
	 * Formats a condition in canonical form.
	 * @param condition the condition
	 * @return one line; {@link #read} returns an equal condition
	 */
	public static String format(Condition condition) {
		return ConditionPrinter.print(condition);
	}

}
