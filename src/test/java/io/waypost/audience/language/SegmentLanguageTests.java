package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Parsing and formatting of definitions. */
class SegmentLanguageTests {

	@Test
	void parsesReadableDefinitions() {
		assertThat(parse("did `Order Completed` at least 2 times in 30 days")).isEqualTo(new Condition.Performed(
				"Order Completed", null, new OccurrenceCount(OccurrenceCount.CountBound.AT_LEAST, 2), null,
				new LookbackWindow(30, LookbackWindow.WindowUnit.DAYS)));
		assertThat(parse("Did \u201CProduct Viewed\u201D where category is Garden in the last 7 days "
				+ "and never did 'Order Completed' in 1 week"))
			.isEqualTo(new Condition.All(List.of(
					new Condition.Performed("Product Viewed", "Garden", OccurrenceCount.ANY, null,
							new LookbackWindow(7, LookbackWindow.WindowUnit.DAYS)),
					new Condition.Not(new Condition.Performed("Order Completed", null, OccurrenceCount.ANY, null,
							new LookbackWindow(1, LookbackWindow.WindowUnit.WEEKS))))));
		assertThat(parse("days since last order is more than 60 and consents to marketing"))
			.isEqualTo(new Condition.All(
					List.of(new Condition.Compared(SegmentAttribute.SINCE_ORDER, ComparisonOperator.MORE_THAN,
							BigDecimal.valueOf(60)), new Condition.ConsentAnswer("marketing", true))));
	}

	@Test
	void bindsNotBeforeAndBeforeOr() {
		assertThat(parse("not everyone and refused a or refused b")).isEqualTo(new Condition.Any(List.of(
				new Condition.All(
						List.of(new Condition.Not(new Condition.Everyone()), new Condition.ConsentAnswer("a", false))),
				new Condition.ConsentAnswer("b", false))));
		assertThat(parse("not (everyone and refused a)")).isEqualTo(new Condition.Not(
				new Condition.All(List.of(new Condition.Everyone(), new Condition.ConsentAnswer("a", false)))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#',
			textBlock = """
					COUNTRY IS de                          | country is DE
					country = at                           | country is AT
					country is not one of de, de, fr       | country is not one of DE, FR
					country is not known                   | country is unknown
					lifecycle stage is AT_RISK             | lifecycle stage is at-risk
					lifecycle stage is 'at risk'           | lifecycle stage is at-risk
					locale is de_at                        | locale is de-AT
					order count >= 2                       | order count is at least 2
					order count != 2.0                     | order count is not 2
					money spent is between 10.50 and 0200  | money spent is between 10.5 and 200
					email is known                         | email is known
					((country is DE))                      | country is DE
					(country is DE and (email is known and everyone)) | country is DE and email is known and everyone
							did 'X' exactly once                   | did 'X' exactly 1 time
					did 'X' at most twice                  | did 'X' at most 2 times
					not did 'X'                            | never did 'X'
					not did 'X' at least 2 times           | not did 'X' at least 2 times
					did 'It''s' where category = 'a b'     | did "It's" where category is 'a b'
					did 'X' at least 2 times worth at least 99.90 in the last 1 days | did 'X' at least 2 times worth at least 99.9 in 1 day
					top category is 'known'                | top category is 'known'
					in segment new-customers               | in segment new-customers
					""")
	void formatsEquivalentDefinitionsEqually(String source, String canonical) {
		assertThat(SegmentLanguage.format(parse(source))).isEqualTo(canonical);
	}

	@Test
	void parsesItsOwnOutput() {
		long seed = 20261122;
		System.out.println("Conditions from seed " + seed);
		RandomConditions conditions = new RandomConditions(new Random(seed), List.of("engaged", "7-days", "not"));
		for (int i = 0; i < 5000; i++) {
			Condition condition = conditions.next(i % 5);
			String text = SegmentLanguage.format(condition);
			assertThat(parse(text)).as(text).isEqualTo(condition);
			assertThat(SegmentLanguage.format(parse(text))).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#', textBlock = """
			contry is DE                           | 1 | 1  | contry  | did you mean 'country'?
			country is DE adn email is known       | 1 | 15 | adn     | did you mean 'and'?
			country is XX                          | 1 | 12 | XX      | code such as DE
			lifecycle stage is layal               | 1 | 20 | layal   | did you mean 'loyal'?
			time zone is Europe/Viena              | 1 | 14 | Europe/Viena | did you mean 'Europe/Vienna'?
			days since last odrer is 3             | 1 | 1  | days    | did you mean 'days since last order'?
			order count is many                    | 1 | 16 | many    | a number
			order count is at least                | 1 | 24 | ##      | a number for order count
			did Order Completed                    | 1 | 5  | Order   | in quotation marks
			did 'X' in 3 months                    | 1 | 14 | months  | no fixed length
			did 'X' in 30d                         | 1 | 12 | 30d     | a whole number
			did 'X' in 9999 days                   | 1 | 12 | 9999    | from 1 to 3650
			did 'X' in 600 weeks                   | 1 | 12 | 600     | longer than 3650 days
			did 'X' at most 2 times worth at least 3 | 1 | 25 | worth | only with 'at least'
			never did 'X' at least 2 times         | 1 | 15 | at      | not did
			(country is DE                         | 1 | 15 | ##      | closing parenthesis
			country is DE)                         | 1 | 14 | )       | the end
			did 'X                                 | 1 | 5  | X       | no closing quotation mark
			country is DE; drop                    | 1 | 14 | ;       | is not allowed here
			email is 'a@example.com'               | 1 | 10 | a@example.com | 'known' or 'unknown'
			in segment Engaged                     | 1 | 12 | Engaged | lower-case
			money spent is 1234567890123           | 1 | 16 | 1234567890123 | too many digits
			money spent is between 5 and 4         | 1 | 30 | 4       | put the smaller number first
			""")
	void reportsPositionProblemAndSuggestion(String source, int line, int column, String word, String hint) {
		ParseResult.SyntaxProblem problem = problem(source);
		assertThat(problem.position()).isEqualTo(new SourcePosition(line, column));
		assertThat(problem.word()).isEqualTo(word);
		assertThat(problem.detail()).contains(hint);
	}

	@Test
	void countsLines() {
		assertThat(problem("country is DE\n  and contry is AT").position()).isEqualTo(new SourcePosition(2, 7));
	}

	@Test
	void limitsLengthDepthAndNumberOfConditions() {
		assertThat(problem("everyone and ".repeat(400)).detail()).contains("5200", "4000");
		assertThat(problem("(".repeat(21) + "everyone" + ")".repeat(21)).detail()).contains("20 levels");
		assertThat(problem("not ".repeat(900) + "everyone").detail()).contains("20 levels");
		assertThat(problem("everyone" + " or everyone".repeat(50)).detail()).contains("condition 51");
		assertThat(parse("not ".repeat(19) + "everyone")).isInstanceOf(Condition.Not.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "and", "()", "not", "country", "country is", "did", "'", "is",
			"country is one of", "country is one of DE,", "consents to", "did ''", "in segment", "1", "did 'X' once",
			"\u0000", "did '\u0000'", "\uD83D\uDE00" })
	void rejectsIncompleteDefinitions(String source) {
		assertThat(problem(source).detail()).startsWith("line 1, column ");
	}

	@Test
	void handlesRandomText() {
		Random random = new Random(7);
		List<String> words = List.of("did", "'X'", "in", "3", "days", "(", ")", "not", "and", "country", "is", "DE",
				"at least", "times", ",", "\u201C", "one of", "where category", "\n", ">=", "never", "unknown");
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int j = 0; j < random.nextInt(12); j++) {
				text.append(words.get(random.nextInt(words.size()))).append(' ');
			}
			ParseResult result = SegmentLanguage.parse(text.toString());
			if (result instanceof ParseResult.ParsedCondition parsed) {
				assertThat(parse(SegmentLanguage.format(parsed.condition()))).isEqualTo(parsed.condition());
			}
		}
	}

	private static Condition parse(String source) {
		ParseResult result = SegmentLanguage.parse(source);
		assertThat(result).as(source).isInstanceOf(ParseResult.ParsedCondition.class);
		return ((ParseResult.ParsedCondition) result).condition();
	}

	private static ParseResult.SyntaxProblem problem(String source) {
		ParseResult result = SegmentLanguage.parse(source);
		assertThat(result).as(source).isInstanceOf(ParseResult.SyntaxProblem.class);
		return (ParseResult.SyntaxProblem) result;
	}

}
