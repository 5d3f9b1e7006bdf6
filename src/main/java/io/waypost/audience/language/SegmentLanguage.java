package io.waypost.audience.language;

import java.util.List;
import java.util.regex.Pattern;

/** Reads and writes definitions. */
public final class SegmentLanguage {

	/** What a canonical name looks like. */
	public static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

	/** Characters of a definition. */
	public static final int LONGEST = 4000;

	/** Levels of parentheses and negations. */
	public static final int DEEPEST = 20;

	/** Single conditions of one definition. */
	public static final int MOST_CONDITIONS = 50;

	/** The furthest a window or an age reaches: ten years. */
	public static final int MOST_DAYS = 3650;

	private SegmentLanguage() {
	}

	/**
	 * Reads a definition.
	 * @param source at most {@link #LONGEST} characters
	 * @return what it says, or where and why it makes no sense
	 */
	public static Reading read(String source) {
		try {
			if (source.length() > LONGEST) {
				Token token = new Token(Token.Kind.END, "", new Position(1, 1));
				throw new Unclear(token,
						"lies behind %d characters; a definition has at most %d, and can refer to other "
							.formatted(source.length(), LONGEST) + "segments",
						List.of());
			}
			return Parser.parse(source);
		}
		catch (Unclear unclear) {
			return unclear.misread();
		}
	}

	/**
	 * Writes a condition in the one form that is kept and compared.
	 * @param condition what to say
	 * @return one line; {@link #read} answers an equal condition
	 */
	public static String write(Condition condition) {
		return Printer.print(condition);
	}

}
