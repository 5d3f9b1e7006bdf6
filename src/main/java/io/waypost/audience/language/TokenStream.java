package io.waypost.audience.language;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The tokens of a definition with the position of the parser. */
final class TokenStream {

	private final List<SegmentToken> tokens;

	private int next;

	TokenStream(List<SegmentToken> tokens) {
		this.tokens = tokens;
	}

	SegmentToken peek() {
		return this.tokens.get(this.next);
	}

	SegmentToken take() {
		SegmentToken token = peek();
		this.next = Math.min(this.next + 1, this.tokens.size() - 1);
		return token;
	}

	/** Consumes the words of a phrase if they are next. */
	boolean accept(String phrase) {
		List<String> words = List.of(phrase.split(" "));
		for (int i = 0; i < words.size(); i++) {
			if (!at(i).is(words.get(i))) {
				return false;
			}
		}
		this.next += words.size();
		return true;
	}

	boolean acceptSymbol(String symbol) {
		boolean here = peek().isSymbol(symbol);
		this.next += here ? 1 : 0;
		return here;
	}

	/** Consumes the longest of several phrases that is next. */
	@Nullable String acceptLongest(Collection<String> phrases) {
		String longest = null;
		int start = this.next;
		for (String phrase : phrases) {
			if ((longest == null || phrase.length() > longest.length()) && accept(phrase)) {
				longest = phrase;
			}
			this.next = start;
		}
		if (longest != null) {
			accept(longest);
		}
		return longest;
	}

	void require(String phrase) throws SegmentSyntaxException {
		if (!accept(phrase)) {
			throw unexpected("'" + phrase + "'", List.of(phrase));
		}
	}

	/** Consumes a quoted text or a single word. */
	String text(String what) throws SegmentSyntaxException {
		SegmentToken token = peek();
		if (token.type() == SegmentToken.TokenType.END || token.type() == SegmentToken.TokenType.SYMBOL
				|| token.text().isBlank()) {
			throw unexpected(what, List.of());
		}
		return take().text().strip();
	}

	String quoted(String what) throws SegmentSyntaxException {
		if (peek().type() != SegmentToken.TokenType.QUOTED || peek().text().isBlank()) {
			throw unexpected(what, List.of());
		}
		return take().text().strip();
	}

	int integer(String what, int min, int max) throws SegmentSyntaxException {
		SegmentToken token = peek();
		if (token.type() != SegmentToken.TokenType.NUMBER || !token.text().matches("[0-9]{1,9}")) {
			throw unexpected("a whole number " + what, List.of());
		}
		int number = Integer.parseInt(token.text());
		if (number < min || number > max) {
			throw new SegmentSyntaxException(token, "must be %s from %d to %d".formatted(what, min, max), List.of());
		}
		take();
		return number;
	}

	/** Creates the error for an unexpected next token. */
	SegmentSyntaxException unexpected(String expected, Collection<String> candidates) {
		return new SegmentSyntaxException(peek(), "does not fit here; expected " + expected, candidates);
	}

	/** Returns the next words, limited in number. */
	String wordsAhead(int limit) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < limit && at(i).type() == SegmentToken.TokenType.WORD; i++) {
			words.append((i > 0) ? " " : "").append(at(i).text());
		}
		return words.toString();
	}

	private SegmentToken at(int ahead) {
		return this.tokens.get(Math.min(this.next + ahead, this.tokens.size() - 1));
	}

}
