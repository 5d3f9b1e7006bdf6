package io.waypost.agent.phrase;

import java.util.List;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** The quick tests of dates and host names overlook nothing that the patterns find. */
class QuickTestsOfPhrasesTests {

	private static final List<Pattern> DATES = List.of(DateMentions.YEAR_FIRST, DateMentions.NUMERIC,
			DateMentions.WITHOUT_YEAR, DateMentions.DAY_FIRST, DateMentions.MONTH_FIRST);

	private static final List<String> PIECES = List.of("Monday, 2026-11-23", "21.11.2026", "1er novembre",
			"21st of November 2026", "MÄRZ 4, 2027", "the second of February", "evil.test", "Müller.shop/x",
			"www.a-b.co", "winter.zip", "12.50", " ", ", ", ".", "Your cart is waiting", "\n", "1", "\u0663", "\uff15",
			"\ud800\udc00");

	@Property(tries = 10_000)
	void neverOverlookWhatThePatternsFind(@ForAll("texts") String text) {
		assertThat(DateMentions.possible(text) || DATES.stream().noneMatch((pattern) -> pattern.matcher(text).find()))
			.as(text)
			.isTrue();
		assertThat(TextFeatures.hasInnerDot(text) || !HostNames.BARE_HOST.matcher(text).find()).as(text).isTrue();
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(6).map((pieces) -> String.join("", pieces));
	}

}
