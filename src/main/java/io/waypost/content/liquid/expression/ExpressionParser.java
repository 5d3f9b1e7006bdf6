package io.waypost.content.liquid.expression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.expression.ConditionExpression.ConditionTerm;
import io.waypost.content.liquid.expression.ExpressionToken.Type;
import io.waypost.content.liquid.expression.VariableLookup.LookupStep;
import io.waypost.content.liquid.filter.LiquidFilter;
import io.waypost.content.liquid.filter.StandardFilters;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/** Parses a part of the source as expressions. */
public final class ExpressionParser {

	private static final int MAX_DEPTH = 50;

	private static final int MAX_DIGITS = 100;

	private final String source;

	private final List<ExpressionToken> tokens;

	private int index;

	private int depth;

	/**
	 * Creates a parser.
	 * @param source the template
	 * @param start where the part begins
	 * @param end where it ends
	 */
	public ExpressionParser(String source, int start, int end) {
		this.source = source;
		this.tokens = new ExpressionLexer(source, start, end).tokens();
	}

	/**
	 * Parses an expression with filters up to the end.
	 * @return the expression; nil when there is none
	 */
	public LiquidExpression filtered() {
		if (isAtEnd()) {
			return new LiteralExpression(null);
		}
		LiquidExpression base = expression();
		List<FilterCall> filters = new ArrayList<>();
		while (takeSymbol("|")) {
			filters.add(filter());
		}
		end();
		return filters.isEmpty() ? base : new FilteredExpression(base, List.copyOf(filters));
	}

	/**
	 * Parses a condition up to the end.
	 * @return the condition
	 */
	public LiquidExpression condition() {
		List<ConditionTerm> terms = new ArrayList<>();
		ConditionTerm term = term();
		while (peek().isName("and") || peek().isName("or")) {
			terms.add(term.withConjunction(next().text().equals("and")));
			term = term();
		}
		// The last term decides, whatever its value.
		terms.add(term);
		end();
		return new ConditionExpression(List.copyOf(terms));
	}

	/** Parses a value. */
	public LiquidExpression expression() {
		if (++this.depth > MAX_DEPTH) {
			throw LiquidException.at(peek().offset(),
					"expressions are nested deeper than %d levels; use assign".formatted(MAX_DEPTH));
		}
		ExpressionToken token = next();
		LiquidExpression expression = switch (token.type()) {
			case NAME -> named(token);
			case TEXT -> new LiteralExpression(token.text());
			case NUMBER -> new LiteralExpression(number(token));
			case SYMBOL -> bracketed(token);
			case COMPARISON, END -> throw unexpected(token, "a value");
		};
		this.depth--;
		return expression;
	}

	/** Parses a name. */
	public String name() {
		ExpressionToken token = next();
		if (token.type() != Type.NAME) {
			throw unexpected(token, "a name");
		}
		return token.text();
	}

	/** Consumes a name when it is the next token. */
	public boolean takeName(String name) {
		boolean found = peek().isName(name);
		this.index += found ? 1 : 0;
		return found;
	}

	/** Consumes a symbol when it is the next token. */
	public boolean takeSymbol(String symbol) {
		boolean found = peek().isSymbol(symbol);
		this.index += found ? 1 : 0;
		return found;
	}

	/** Consumes a symbol that has to follow. */
	public void symbol(String symbol) {
		ExpressionToken token = next();
		if (!token.isSymbol(symbol)) {
			throw unexpected(token, "'" + symbol + "'");
		}
	}

	/** Whether all tokens are consumed. */
	public boolean isAtEnd() {
		return peek().type() == Type.END;
	}

	/** Requires that all tokens are consumed. */
	public void end() {
		if (!isAtEnd()) {
			throw unexpected(peek(), "the end; use | before a filter and == or another operator in a condition");
		}
	}

	/** Returns the offset of the next token. */
	public int offset() {
		return peek().offset();
	}

	/**
	 * Returns the source of what was parsed.
	 * @param start offset of its first token
	 * @return the source up to the last consumed token
	 */
	public String text(int start) {
		return this.source.substring(start, this.tokens.get(this.index - 1).end());
	}

	private ConditionTerm term() {
		int start = peek().offset();
		LiquidExpression left = expression();
		if (peek().type() != Type.COMPARISON) {
			return new ConditionTerm(left, null, null, false, start);
		}
		ConditionOperator operator = ConditionOperator.BY_NOTATION.get(next().text());
		return new ConditionTerm(left, operator, expression(), false, start);
	}

	private FilterCall filter() {
		ExpressionToken token = peek();
		String name = name();
		LiquidFilter filter = StandardFilters.find(name);
		if (filter == null) {
			throw LiquidException.at(token.offset(), "unknown filter '%s'%s".formatted(name, suggestion(name)));
		}
		List<LiquidExpression> positional = new ArrayList<>();
		Map<String, LiquidExpression> named = new LinkedHashMap<>();
		if (takeSymbol(":")) {
			do {
				argument(positional, named);
			}
			while (takeSymbol(","));
		}
		String problem = filter.problem(positional.size(), named.keySet());
		if (problem != null) {
			throw LiquidException.at(token.offset(), "filter '%s' %s".formatted(name, problem));
		}
		return new FilterCall(filter, List.copyOf(positional), Map.copyOf(named), token.offset());
	}

	private static String suggestion(String name) {
		return Suggestions.closest(name, StandardFilters.names())
			.map("; did you mean '%s'?"::formatted)
			.orElse("; available are " + String.join(", ", StandardFilters.names()));
	}

	private void argument(List<LiquidExpression> positional, Map<String, LiquidExpression> named) {
		if (peek().type() == Type.NAME && this.tokens.get(this.index + 1).isSymbol(":")) {
			String name = name();
			symbol(":");
			named.put(name, expression());
		}
		else {
			positional.add(expression());
		}
	}

	private LiquidExpression named(ExpressionToken token) {
		List<LookupStep> steps = steps();
		LiteralExpression literal = LiteralExpression.WORDS.get(token.text());
		return (literal != null && steps.isEmpty()) ? literal
				: new VariableLookup(new LiteralExpression(token.text()), steps, token.offset());
	}

	private LiquidExpression bracketed(ExpressionToken token) {
		if (token.isSymbol("[")) {
			LiquidExpression root = expression();
			symbol("]");
			return new VariableLookup(root, steps(), token.offset());
		}
		if (!token.isSymbol("(")) {
			throw unexpected(token, "a value");
		}
		LiquidExpression first = expression();
		symbol("..");
		LiquidExpression last = expression();
		symbol(")");
		return new RangeExpression(first, last);
	}

	private List<LookupStep> steps() {
		List<LookupStep> steps = new ArrayList<>();
		while (true) {
			if (takeSymbol("[")) {
				steps.add(new LookupStep(expression(), false));
				symbol("]");
			}
			else if (takeSymbol(".")) {
				steps.add(new LookupStep(new LiteralExpression(property()), true));
			}
			else {
				return List.copyOf(steps);
			}
		}
	}

	private String property() {
		ExpressionToken token = next();
		if (token.type() != Type.NAME) {
			throw unexpected(token, "the name of a property; write [0] for an index and ['name'] for other names");
		}
		return token.text();
	}

	private static Object number(ExpressionToken token) {
		if (token.text().length() > MAX_DIGITS) {
			throw LiquidException.at(token.offset(), "the number has more than %d digits".formatted(MAX_DIGITS));
		}
		if (token.text().indexOf('.') >= 0) {
			return Double.valueOf(token.text());
		}
		BigInteger number = new BigInteger(token.text());
		return (number.bitLength() < Long.SIZE) ? (Object) number.longValue() : number;
	}

	private ExpressionToken peek() {
		return this.tokens.get(this.index);
	}

	private ExpressionToken next() {
		ExpressionToken token = this.tokens.get(this.index);
		this.index += (token.type() != Type.END) ? 1 : 0;
		return token;
	}

	private static LiquidException unexpected(ExpressionToken token, @Nullable String expected) {
		return LiquidException.at(token.offset(), "found %s instead of %s".formatted(token.description(), expected));
	}

}
