package io.waypost.agent.guard;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.agent.ShopFixture;
import io.waypost.content.EmailDraft;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Claims in upper and lower case, with characters that fold to other letters. */
class ClaimCheckTests {

	private static final List<String> CLAIMS = List.of("last chance", "hurry", "only 3 left", "selling fast",
			"don’t miss out", "letzte chance", "läuft heute ab", "beeile dich", "dépêchez-vous", "bientôt épuisé",
			"money-back", "risk-free", "lowest price", "geld-zurück", "bestpreis", "satisfait ou remboursé",
			"sans risque", "kostenloser versand");

	/** The characters that fold to each lower-case letter. */
	private static final Map<Character, List<Character>> DISGUISES = IntStream.range(0, Character.MIN_SURROGATE)
		.filter(Character::isLetter)
		.mapToObj((letter) -> (char) letter)
		.collect(Collectors.groupingBy((letter) -> CaseFolding.of(letter.toString()).charAt(0)));

	private final ClaimCheck check = new ClaimCheck();

	@ParameterizedTest
	@ValueSource(strings = { "LAST CHANCE", "Laſt chance", "RISK-FREE", "Ri\u017f\u212a-free", "LÄUFT HEUTE AB",
			"HURRY\u0345", "L\u0130M\u0131TED TIME", "BIENTÔT ÉPUISÉ" })
	void findsClaimsInAnyCaseAndQuotesThemUnchanged(String claim) {
		assertThat(details("Well: " + claim + "!")).singleElement()
			.asString()
			.endsWith(": '" + claim.replace("\u0345", "") + "'");
	}

	/** The lower case of a capital I with a dot has two characters. */
	@Test
	void quotesClaimsAfterCharactersThatFoldingLengthens() {
		assertThat(details("\u0130\u0130\u0130 Hurry up")).singleElement().asString().endsWith(": 'Hurry'");
	}

	@Test
	void allowsClaimsOfTheTemplateInAnotherCase() {
		assertThat(this.check.inspect(inspection("LAST CHANCE", "The laſt chance"))).isEmpty();
	}

	@Property
	void findsEveryDisguise(@ForAll("disguised") String claim) {
		assertThat(details("So – " + claim + ".")).anySatisfy((detail) -> assertThat(detail).contains(claim));
	}

	/** What the patterns find with the flag for ignoring case. */
	@Property
	void findsWhatThePatternsFindInTheTextItself(@ForAll("disguised") String claim, @ForAll char before,
			@ForAll char after) {
		String text = before + " " + claim + after;
		List.of(ClaimCheck.URGENCY, ClaimCheck.PROMISE).forEach((pattern) -> {
			Matcher slow = Pattern.compile("(?iu)" + pattern.pattern()).matcher(text);
			if (slow.find()) {
				assertThat(details(text)).anySatisfy((detail) -> assertThat(detail).contains(slow.group()));
			}
		});
	}

	@Provide
	Arbitrary<String> disguised() {
		return Arbitraries.of(CLAIMS)
			.flatMap((claim) -> Combinators
				.combine(claim.chars()
					.mapToObj((letter) -> (char) letter)
					.map((letter) -> Arbitraries.of(DISGUISES.getOrDefault(letter, List.of(letter))))
					.toList())
				.as((letters) -> letters.stream().map(String::valueOf).collect(Collectors.joining())));
	}

	private List<String> details(String text) {
		return this.check.inspect(inspection(text, "")).stream().map(Finding::detail).toList();
	}

	private static InspectionRequest inspection(String text, String authored) {
		EmailDraft draft = new EmailDraft("en-GB", "A subject", "Preview", "Headline", List.of(text), List.of(),
				new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
		return new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(),
				authored, Map.of(), LocalDate.of(2026, 11, 21));
	}

}
