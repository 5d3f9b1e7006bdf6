package io.waypost.audience.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Splits a definition into words, quoted texts, numbers and symbols. */
final class SegmentLexer {

	/** Closing by opening quotation marks, including those of word processors. */
	private static final Map<Character, String> QUOTES = Map.of('\'', "'", '"', "\"", '`', "`", '\u2018', "\u2019",
			'\u201C', "\u201D", '\u201E', "\u201C\u201D");

	private static final String INSIDE_WORDS = "-_/.:+";

	private final String source;

	private int offset;

	private int line = 1;

	private int lineStart;

	private SegmentLexer(String source) {
		this.source = source;
	}

	static List<SegmentToken> tokenize(String source) throws SegmentSyntaxException {
		SegmentLexer lexer = new SegmentLexer(source);
		List<SegmentToken> tokens = new ArrayList<>();
		do {
			tokens.add(lexer.next());
		}
		while (tokens.getLast().type() != SegmentToken.TokenType.END);
		return tokens;
	}

	private SegmentToken next() throws SegmentSyntaxException {
		skipSpace();
		SourcePosition position = position();
		if (this.offset == this.source.length()) {
			return new SegmentToken(SegmentToken.TokenType.END, "", position);
		}
		char first = this.source.charAt(this.offset);
		if (QUOTES.containsKey(first)) {
			return quoted(QUOTES.getOrDefault(first, ""), position);
		}
		if (isInsideWord(first)) {
			return word(position);
		}
		return symbol(position);
	}

	private SegmentToken word(SourcePosition position) {
		int start = this.offset;
		while (this.offset < this.source.length() && isInsideWord(this.source.charAt(this.offset))) {
			this.offset++;
		}
		String text = this.source.substring(start, this.offset);
		return new SegmentToken(
				text.matches("[0-9]+(\\.[0-9]+)?") ? SegmentToken.TokenType.NUMBER : SegmentToken.TokenType.WORD, text,
				position);
	}

	/** A quotation mark within the text is doubled. */
	private SegmentToken quoted(String closing, SourcePosition position) throws SegmentSyntaxException {
		StringBuilder text = new StringBuilder();
		for (this.offset++; this.offset < this.source.length(); this.offset++) {
			char character = this.source.charAt(this.offset);
			if (character == '\n' || character == '\0') {
				break;
			}
			boolean closes = closing.indexOf(character) >= 0;
			if (closes && !isDoubled(character)) {
				this.offset++;
				return new SegmentToken(SegmentToken.TokenType.QUOTED, text.toString(), position);
			}
			this.offset += closes ? 1 : 0;
			text.append(character);
		}
		throw new SegmentSyntaxException(new SegmentToken(SegmentToken.TokenType.QUOTED, text.toString(), position),
				"has no closing quotation mark on its line", List.of());
	}

	private boolean isDoubled(char quote) {
		return this.offset + 1 < this.source.length() && this.source.charAt(this.offset + 1) == quote;
	}

	private SegmentToken symbol(SourcePosition position) throws SegmentSyntaxException {
		for (String symbol : List.of(">=", "<=", "!=", ">", "<", "=", "(", ")", ",")) {
			if (this.source.startsWith(symbol, this.offset)) {
				this.offset += symbol.length();
				return new SegmentToken(SegmentToken.TokenType.SYMBOL, symbol, position);
			}
		}
		String unknown = Character.toString(this.source.codePointAt(this.offset));
		throw new SegmentSyntaxException(new SegmentToken(SegmentToken.TokenType.SYMBOL, unknown, position),
				"is not allowed here; put texts in quotation marks", List.of());
	}

	private void skipSpace() {
		while (this.offset < this.source.length() && isSpace(this.source.charAt(this.offset))) {
			if (this.source.charAt(this.offset) == '\n') {
				this.line++;
				this.lineStart = this.offset + 1;
			}
			this.offset++;
		}
	}

	private SourcePosition position() {
		return new SourcePosition(this.line, this.offset - this.lineStart + 1);
	}

	private static boolean isSpace(char character) {
		return Character.isWhitespace(character) || character == '\u00A0';
	}

	private static boolean isInsideWord(char character) {
		return Character.isLetterOrDigit(character) || INSIDE_WORDS.indexOf(character) >= 0;
	}

}
