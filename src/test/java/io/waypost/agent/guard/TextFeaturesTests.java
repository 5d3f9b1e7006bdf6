package io.waypost.agent.guard;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.waypost.agent.guard.InspectionRequest.PersonalValue;
import io.waypost.agent.phrase.CaseFolding;
import io.waypost.agent.phrase.TextFeatures;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The quick tests may have false positives, but no false negatives: a pattern must be
 * tried on every text in which it matches.
 */
class TextFeaturesTests {

	private static final PersonalValue PERSON = new PersonalValue("email", "straße.Kiss@example.com");

	private static final PersonalValue NAME = new PersonalValue("lastName", "Ǆenan Σκέψης");

	private static final List<QuickTest> QUICK_TESTS = Stream
		.of(new QuickTest("money", TextFeatures::hasDigit, AmountParser.MONEY),
				new QuickTest("percent", TextFeatures::hasDigit, AmountParser.PERCENT),
				new QuickTest("url", (text) -> text.indexOf(':') >= 0 || text.indexOf('/') >= 0, LinkCheck.URL),
				new QuickTest("invisible", (text) -> !TextFeatures.isPlain(text), TextCheck.INVISIBLE),
				personal(PERSON), personal(NAME))
		.toList();

	private static final List<String> PIECES = List.of("€ 12.50", "12 500,00 EUR", "7 pounds", "20 %", "5 pour cent",
			"Monday, 2026-11-23", "21.11.2026", "1er novembre", "21st of November 2026", "Auguſt 3rd", "MÄRZ 4, 2027",
			"https://evil.test/x", "javascript :alert(1)", "//evil.test", "mailto:x", "evil.test", "Müller.shop/x",
			"www.a-b.co", "\u200b", "\u202e", "\u00ad", "\u0007", "\ue000", "\udb40\udc41", "straße.Kiss@example.com",
			"STRASSE.KISS@EXAMPLE.COM", "ſtraße.\u212aiſs@EXAMPLE.com", "ǅenan Σκέψης", "Ǆenan Σκέψης",
			"DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111", "192.168.0.17",
			"fe80:0:0:0:1:2", "+46 70 123 45 67", "(030) 1234567", "555-123-4567");

	private static final List<String> WORDS = List.of(" ", ", ", ".", ":", "/", "-", "’", "Your cart is waiting",
			"Nordlicht", "Bis bald", "À bientôt", "\n", "1", "٣", "５", "：", "．", "＠", "éa", "\u0301");

	@Property(tries = 20_000)
	void neverOverlookWhatThePatternFinds(@ForAll("texts") String text) {
		for (QuickTest test : QUICK_TESTS) {
			boolean found = test.pattern().matcher(text).find();
			Statistics.label(test.name())
				.collect(found)
				.coverage((checker) -> checker.check(true).percentage((share) -> share > 0.2));
			assertThat(test.quick().test(text) || !found).as("%s in '%s'", test.name(), text).isTrue();
		}
	}

	/** Otherwise the quick tests would save nothing. */
	@Test
	void findNoFeaturesInOrdinaryTexts() {
		String plain = "Hi {{ first_name }}, your cart is waiting – « à bientôt »… Bis bald, Übergröße € …";
		assertThat(QUICK_TESTS).noneMatch((test) -> test.quick().test(plain));
	}

	@Property
	void containIsAsTheFoldedTextsHaveIt(@ForAll("texts") String text, @ForAll("texts") String value) {
		assertThat(TextFeatures.contains(text, value) || !CaseFolding.of(text).contains(CaseFolding.of(value)))
			.isTrue();
		assertThat(TextFeatures.contains(value + text, value)).isTrue();
		assertThat(TextFeatures.contains(text + value, value)).isTrue();
	}

	/** Ordinary words and patterns with a few letters changed. */
	@Provide
	Arbitrary<String> texts() {
		Arbitrary<String> joined = Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.of(WORDS))
			.list()
			.ofMinSize(1)
			.ofMaxSize(6)
			.map((pieces) -> String.join("", pieces));
		Arbitrary<Integer> letters = Arbitraries.oneOf(Arbitraries.integers().between(1, 0x2ff),
				Arbitraries.of(WORDS).map((word) -> word.codePointAt(0)), Arbitraries.integers().between(1, 0xd7ff),
				Arbitraries.integers().between(0xe000, 0x10ffff));
		return Combinators
			.combine(joined, Arbitraries.integers().between(0, 1_000).list().ofMaxSize(2), letters,
					Arbitraries.of(true, false))
			.as(TextFeaturesTests::changed);
	}

	private static String changed(String text, List<Integer> places, int letter, boolean insert) {
		StringBuilder changed = new StringBuilder(text);
		for (int place : places) {
			int at = place % changed.length();
			changed.replace(at, insert ? at : at + 1, Character.toString(letter));
		}
		return changed.toString();
	}

	private static QuickTest personal(PersonalValue value) {
		return new QuickTest(value.type(), (text) -> TextFeatures.contains(text, value.value()),
				PersonalDataCheck.pattern(value));
	}

	private record QuickTest(String name, Predicate<String> quick, Pattern pattern) {

	}

}
