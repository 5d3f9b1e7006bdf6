package io.waypost.audience.language;

import java.util.List;
import java.util.regex.Pattern;

/** Reads and writes definitions. */
public final class SegmentLanguage {

	/** What a canonical name looks like. */
	public static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

	/** Characters of a definition. */
	public static final int MAX_LENGTH = 4000;

	/** Levels of parentheses and negations. */
	public static final int MAX_DEPTH = 20;

	/** Single conditions of one definition. */
	public static final int MAX_CONDITIONS = 50;

	/** The furthest a window or an age reaches: ten years. */
	public static final int MAX_DAYS = 3650;

	private SegmentLanguage() {
	}

	/**
	 * Reads a definition.
	 * @param source at most {@link #LONGEST} characters
	 * @return what it says, or where and why it makes no sense
	 */
	public static ParseResult parse(String source) {
		try {
			if (source.length() > MAX_LENGTH) {
				SegmentToken token = new SegmentToken(SegmentToken.TokenType.END, "", new SourcePosition(1, 1));
				throw new SyntaxError(token,
						"lies behind %d characters; a definition has at most %d, and can refer to other "
							.formatted(source.length(), MAX_LENGTH) + "segments",
						List.of());
			}
			return SegmentParser.parse(source);
		}
		catch (SyntaxError unclear) {
			return unclear.problem();
		}
	}

	/**
	 * Writes a condition in the one form that is kept and compared.
	 * @param condition what to say
	 * @return one line; {@link #read} answers an equal condition
	 */
	public static String format(Condition condition) {
		return ConditionPrinter.print(condition);
	}

}
