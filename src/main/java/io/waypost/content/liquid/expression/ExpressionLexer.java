package io.waypost.content.liquid.expression;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.liquid.expression.ExpressionToken.Type;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RubyWhitespace;

/** Splits an expression into tokens. */
final class ExpressionLexer {

	private static final String SYMBOLS = "|.:,[]()?-";

	private final String source;

	private final int end;

	private int position;

	private final List<ExpressionToken> tokens = new ArrayList<>();

	ExpressionLexer(String source, int start, int end) {
		this.source = source;
		this.position = start;
		this.end = end;
	}

	/** Returns the tokens; the last one is of type END. */
	List<ExpressionToken> tokens() {
		this.position = RubyWhitespace.start(this.source, this.position, this.end);
		while (this.position < this.end) {
			this.tokens.add(next());
			this.position = RubyWhitespace.start(this.source, this.position, this.end);
		}
		this.tokens.add(new ExpressionToken(Type.END, "", this.end, this.end));
		return this.tokens;
	}

	private ExpressionToken next() {
		char character = this.source.charAt(this.position);
		if (character == '\'' || character == '"') {
			return text(character);
		}
		if (isDigit(this.position) || (character == '-' && isDigit(this.position + 1))) {
			return number();
		}
		if (isLetter(character)) {
			return name();
		}
		String operator = operator();
		if (!operator.isEmpty()) {
			return token(Type.COMPARISON, this.position + operator.length());
		}
		if (this.source.startsWith("..", this.position) && this.position + 1 < this.end) {
			return token(Type.SYMBOL, this.position + 2);
		}
		if (SYMBOLS.indexOf(character) >= 0) {
			return token(Type.SYMBOL, this.position + 1);
		}
		throw LiquidException.at(this.position,
				"unexpected character '%s'; quote texts and use letters, digits, '_' and '-' in names"
					.formatted(Character.toString(this.source.codePointAt(this.position))));
	}

	private ExpressionToken text(char quote) {
		int close = this.source.indexOf(quote, this.position + 1);
		if (close < 0 || close >= this.end) {
			throw LiquidException.at(this.position, "the text has no closing %s; add it".formatted(quote));
		}
		ExpressionToken token = new ExpressionToken(Type.TEXT, this.source.substring(this.position + 1, close),
				this.position, close + 1);
		this.position = close + 1;
		return token;
	}

	private ExpressionToken number() {
		int index = digits(this.position + 1);
		if (index < this.end && this.source.charAt(index) == '.' && isDigit(index + 1)) {
			index = digits(index + 1);
		}
		return token(Type.NUMBER, index);
	}

	private ExpressionToken name() {
		int index = this.position;
		while (index < this.end && isNameCharacter(this.source.charAt(index))) {
			index++;
		}
		if (index < this.end && this.source.charAt(index) == '?') {
			index++;
		}
		boolean contains = this.source.substring(this.position, index).equals("contains") && !followsDot();
		return token(contains ? Type.COMPARISON : Type.NAME, index);
	}

	private boolean followsDot() {
		return !this.tokens.isEmpty() && this.tokens.getLast().isSymbol(".");
	}

	private String operator() {
		for (String operator : List.of("==", "!=", "<>", "<=", ">=", "<", ">")) {
			if (this.source.startsWith(operator, this.position) && this.position + operator.length() <= this.end) {
				return operator;
			}
		}
		return "";
	}

	private ExpressionToken token(Type type, int tokenEnd) {
		ExpressionToken token = new ExpressionToken(type, this.source.substring(this.position, tokenEnd), this.position,
				tokenEnd);
		this.position = tokenEnd;
		return token;
	}

	private int digits(int start) {
		int index = start;
		while (isDigit(index)) {
			index++;
		}
		return index;
	}

	private boolean isDigit(int index) {
		return index < this.end && this.source.charAt(index) >= '0' && this.source.charAt(index) <= '9';
	}

	private static boolean isLetter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
	}

	private static boolean isNameCharacter(char character) {
		return isLetter(character) || (character >= '0' && character <= '9') || character == '-';
	}

}
