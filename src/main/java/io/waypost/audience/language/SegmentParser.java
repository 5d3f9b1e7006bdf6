package io.waypost.audience.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/**
 * Parses conditions by recursive descent: <pre>
 * definition = all { "or" all }
 * all        = one { "and" one }
 * one        = "not" one | "(" definition ")" | single
 * single     = "everyone" | "in segment" name | ("consents to" | "refused") topic | attribute | activity
 * </pre>
 */
final class SegmentParser {

	private static final Map<String, SegmentAttribute> ATTRIBUTES = Arrays.stream(SegmentAttribute.values())
		.collect(Collectors.toUnmodifiableMap(SegmentAttribute::phrase, (attribute) -> attribute));

	private static final List<String> KEYWORDS = Stream
		.concat(Stream.of("did", "never did", "in segment", "consents to", "refused", "everyone", "not"),
				ATTRIBUTES.keySet().stream().sorted())
		.toList();

	private static final int MAX_KEYWORD_WORDS = 4;

	private static final String TOPIC = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

	private final TokenStream tokens;

	private final Map<String, SourcePosition> references = new LinkedHashMap<>();

	private int depth;

	private int singleConditions;

	private SegmentParser(TokenStream tokens) {
		this.tokens = tokens;
	}

	static ParseResult.ParsedCondition parse(String source) throws SegmentSyntaxException {
		SegmentParser parser = new SegmentParser(new TokenStream(SegmentLexer.tokenize(source)));
		Condition condition = parser.any();
		if (parser.tokens.peek().type() != SegmentToken.TokenType.END) {
			throw parser.tokens.unexpected("'and', 'or' or the end", List.of("and", "or"));
		}
		return new ParseResult.ParsedCondition(condition, parser.references);
	}

	private Condition any() throws SegmentSyntaxException {
		List<Condition> parts = new ArrayList<>(List.of(all()));
		while (this.tokens.accept("or")) {
			parts.add(all());
		}
		return Condition.any(parts);
	}

	private Condition all() throws SegmentSyntaxException {
		List<Condition> parts = new ArrayList<>(List.of(one()));
		while (this.tokens.accept("and")) {
			parts.add(one());
		}
		return Condition.all(parts);
	}

	private Condition one() throws SegmentSyntaxException {
		if (this.depth == SegmentLanguage.MAX_DEPTH) {
			throw new SegmentSyntaxException(this.tokens.peek(),
					"is nested deeper than %d levels; move the inner part to another segment".formatted(this.depth),
					List.of());
		}
		this.depth++;
		Condition condition = nested();
		this.depth--;
		return condition;
	}

	private Condition nested() throws SegmentSyntaxException {
		if (this.tokens.accept("not")) {
			return new Condition.Not(one());
		}
		if (!this.tokens.acceptSymbol("(")) {
			return single();
		}
		Condition inner = any();
		if (!this.tokens.acceptSymbol(")")) {
			throw this.tokens.unexpected("'and', 'or' or the closing parenthesis", List.of("and", "or"));
		}
		return inner;
	}

	private Condition single() throws SegmentSyntaxException {
		if (++this.singleConditions > SegmentLanguage.MAX_CONDITIONS) {
			throw new SegmentSyntaxException(this.tokens.peek(),
					"starts condition %d; a definition has at most %d and can refer to "
						.formatted(this.singleConditions, SegmentLanguage.MAX_CONDITIONS) + "other segments",
					List.of());
		}
		Condition condition = profileCondition();
		if (condition == null) {
			condition = ActivityParser.parse(this.tokens);
		}
		if (condition == null) {
			throw new SegmentSyntaxException(this.tokens.peek(),
					"does not fit here; expected a condition: did, never did, consents to, "
							+ "in segment, or an attribute such as country",
					suggestion());
		}
		return condition;
	}

	private @Nullable Condition profileCondition() throws SegmentSyntaxException {
		if (this.tokens.accept("everyone")) {
			return new Condition.Everyone();
		}
		if (this.tokens.accept("in segment")) {
			return new Condition.InSegment(name());
		}
		if (this.tokens.accept("consents to")) {
			return new Condition.ConsentAnswer(topic(), true);
		}
		if (this.tokens.accept("refused")) {
			return new Condition.ConsentAnswer(topic(), false);
		}
		String phrase = this.tokens.acceptLongest(ATTRIBUTES.keySet());
		return (phrase != null) ? new AttributeParser(this.tokens, ATTRIBUTES.get(phrase)).parse() : null;
	}

	private String name() throws SegmentSyntaxException {
		SegmentToken token = this.tokens.peek();
		String name = this.tokens.text("the name of a segment");
		if (!SegmentLanguage.NAME.matcher(name).matches()) {
			throw new SegmentSyntaxException(token, "is not a segment name; use lower-case letters, digits and hyphens",
					List.of());
		}
		this.references.putIfAbsent(name, token.position());
		return name;
	}

	private String topic() throws SegmentSyntaxException {
		SegmentToken token = this.tokens.peek();
		String topic = this.tokens.text("a topic such as marketing");
		if (!topic.matches(TOPIC)) {
			throw new SegmentSyntaxException(token,
					"is not a topic; use letters, digits, dots, hyphens and underscores", List.of());
		}
		return topic;
	}

	/** Suggests a keyword for the next words; longer keywords are tried first. */
	private @Nullable String suggestion() {
		for (int length = MAX_KEYWORD_WORDS; length > 0; length--) {
			String closest = Suggestions.closest(this.tokens.wordsAhead(length), KEYWORDS).orElse(null);
			if (closest != null) {
				return closest;
			}
		}
		return null;
	}

}
