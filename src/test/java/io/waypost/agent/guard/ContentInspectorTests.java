package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.guard.InspectionRequest.PersonalValue;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.LegalElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ContentInspectorTests {

	private static final List<PersonalValue> PERSON = List.of(new PersonalValue("firstName", "Maria"),
			new PersonalValue("lastName", "Lindqvist"));

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@Test
	void findsNothingInACleanDraft() {
		assertThat(inspect("Hi {{ first_name }}, nice to see you.").findings()).isEmpty();
	}

	@Test
	void replacesTheFirstNameByItsPlaceholderAndRemovesOtherPersonalData() {
		InspectionResult inspected = inspect("Hi Maria Lindqvist, write to bob@other.example.");
		assertThat(inspected.draft().paragraphs())
			.containsExactly("Hi {{ first_name }} [removed], write to [removed].");
		assertThat(inspected.findings()).extracting(Finding::code).contains("pii.email", "pii.recipient");
		assertThat(inspected.findings().toString()).doesNotContain("Maria", "Lindqvist", "bob@");
	}

	@ParameterizedTest
	@ValueSource(strings = { "See {{ first_name }}.com.", "Log in at login.{{ first_name }} today.",
			"Write to garden@{{ first_name }}.", "See {{ first_name }}/login." })
	void blocksAFirstNameThatIsJoinedToOtherCharacters(String paragraph) {
		assertThat(inspect(paragraph).findings()).extracting(Finding::code, Finding::severity)
			.contains(tuple("name_joined", Severity.BLOCKING));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "a.", "www.", "1 ", "1-", "a@b." })
	void refusesTextsThatPatternsCannotBeAppliedTo(String unit) {
		long start = System.nanoTime();
		InspectionResult inspected = inspect("Hi " + unit.repeat(16_000 / unit.length()));
		assertThat(inspected.findings()).extracting(Finding::code, Finding::severity)
			.containsExactly(tuple("text_unreadable", Severity.BLOCKING));
		assertThat(inspected.draft().paragraphs()).containsExactly("[removed]");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void allowsTheSenderAddressOfTheBrand() {
		assertThat(inspect("Write to hello@hearth.example.").findings()).isEmpty();
	}

	@Test
	void allowsOffersAndDatesGivenAsFacts() {
		DeclaredFacts declared = new DeclaredFacts(
				List.of(new DeclaredFacts.DeclaredOffer("Free shipping", new BigDecimal("20"), new BigDecimal("49.00"),
						null, null, LocalDate.of(2026, 11, 22), "https://hearth.example/offer")),
				Set.of(LocalDate.of(2026, 10, 3)));
		EmailDraft draft = draft(
				"Take 20 % off. Free shipping from €49. Ends soon: 22 November 2026. We opened on 3 October 2026.");
		assertThat(this.inspector.inspect(declared(draft, declared)).findings()).isEmpty();
		assertThat(this.inspector.inspect(declared(draft, DeclaredFacts.NONE)).findings()).extracting(Finding::code)
			.contains("percent_unknown", "price_unknown", "urgency_unfounded", "promise_unfounded", "date_past");
		assertThat(this.inspector.inspect(declared(draft("Take 25 % off."), declared)).findings())
			.extracting(Finding::code)
			.contains("percent_unknown");
	}

	private static InspectionRequest declared(EmailDraft draft, DeclaredFacts declared) {
		return new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(), "",
				Map.of(), declared, LocalDate.of(2026, 11, 21));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "1,249.00|en|1249.00", "1.249,00|de|1249.00", "1 249,00|fr|1249.00", "12.50|en|12.50",
					"12,50|de|12.50", "1,249|en|1249", "1.249|de|1249", "12.5|de|12.5", "1.234.567|de|1234567",
					"1’249.50|de|1249.50", "7|en|7" })
	void parsesNumbersInTheNotationOfTheLanguage(String text, String language, BigDecimal value) {
		assertThat(AmountParser.number(text, Locale.of(language))).isEqualByComparingTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.test/", "https://hearth.example.evil.test/",
			"https://hearth.example@evil.test/", "https://user:pw@hearth.example/", "https://hearth.example:8443/",
			"javascript:alert(1)", "data:text/html,x", "//evil.test", "https:\\\\evil.test",
			"https://hearth.example\\@evil.test", "https://hеarth.example/", "https://sub.hearth.example/",
			"ftp://hearth.example/", "/relative", "https://hearth.example/ x", "https:///path", "https://[::1]/",
			"https://evil.test#@hearth.example/" })
	void refusesLinksThatImitateTheBrands(String link) {
		assertThat(LinkPolicy.refusal(link, LinkPolicy.hosts(ShopFixture.BRAND))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://hearth.example", "https://hearth.example/p/p1?x=1#top", "https://HEARTH.example/",
			"https://hearth.example:443/", "http://www.hearth.example/", "https://hearth.example./p" })
	void allowsTheBrandsOwnLinks(String link) {
		assertThat(LinkPolicy.refusal(link, LinkPolicy.hosts(ShopFixture.BRAND))).isNull();
	}

	@Test
	void comparesInternationalHostsInOneForm() {
		BrandKit brand = brand(List.of("Street 1"), Set.of("müller.example"));
		assertThat(LinkPolicy.refusal("https://xn--mller-kva.example/", LinkPolicy.hosts(brand))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "Seen\u200bhere, invisible_letters", "Turned \u202Eback, invisible_letters",
			"A cheap trick, word_forbidden", "Last chance today, urgency_unfounded" })
	void findsForbiddenContent(String text, String code) {
		assertThat(inspect(text).findings()).extracting(Finding::code).contains(code);
	}

	@Test
	void allowsNumbersAndClaimsOfAnApprovedTemplate() {
		EmailDraft draft = draft("Take 20 % off until we close: last chance.");
		InspectionRequest approved = new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(),
				ShopFixture.names(), List.of(), "Take 20 % off until we close: last chance.", Map.of(),
				LocalDate.of(2026, 11, 21));
		assertThat(this.inspector.inspect(approved).findings()).isEmpty();
		assertThat(inspect("Take 20 % off until we close: last chance.").findings()).extracting(Finding::code)
			.contains("percent_unknown", "urgency_unfounded");
	}

	@Test
	void treatsNumbersInPropertiesAsFacts() {
		InspectionRequest given = new InspectionRequest(draft("Take 15 % off."), ShopFixture.BRAND, Map.of(), Map.of(),
				ShopFixture.names(), List.of(), "", Map.of("discount", 15), LocalDate.of(2026, 11, 21));
		assertThat(this.inspector.inspect(given).findings()).isEmpty();
	}

	@Test
	void blocksABrandWithoutPostalAddress() {
		InspectionRequest bare = new InspectionRequest(draft("Hello."), brand(List.of(" "), Set.of()), Map.of(),
				Map.of(), ShopFixture.names(), List.of(), "", Map.of(), LocalDate.of(2026, 11, 21));
		assertThat(this.inspector.inspect(bare).worst()).hasValueSatisfying((finding) -> {
			assertThat(finding.kind()).isEqualTo("legal");
			assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
		});
	}

	@ParameterizedTest
	@CsvSource({ "true, true, false, unsubscribe_missing", "true, false, true, postal_address_missing",
			"false, true, true, sender_missing" })
	void blocksALayoutWithoutALegalElement(boolean sender, boolean address, boolean unsubscribe, String code) {
		ContentInspector inspector = new ContentInspector(
				(brand, locale) -> new LegalElements(sender, address, unsubscribe));
		InspectionRequest words = new InspectionRequest(draft("Hello."), ShopFixture.BRAND, Map.of(), Map.of(),
				ShopFixture.names(), List.of(), "", Map.of(), LocalDate.of(2026, 11, 21));
		assertThat(inspector.inspect(words).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo(code);
			assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
		});
	}

	@Test
	void ordersFindingsBySeverity() {
		assertThat(inspect("A cheap trick {{ x }}.").findings()).extracting(Finding::severity)
			.isSortedAccordingTo((a, b) -> b.compareTo(a))
			.first()
			.isEqualTo(Severity.BLOCKING);
	}

	private InspectionResult inspect(String text) {
		return this.inspector.inspect(new InspectionRequest(draft(text), ShopFixture.BRAND, Map.of(), Map.of(),
				ShopFixture.names(), PERSON, "", Map.of(), LocalDate.of(2026, 11, 21)));
	}

	private static EmailDraft draft(String text) {
		return new EmailDraft("en-GB", "A subject of a good length", "Preview", "Headline", List.of(text), List.of(),
				new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
	}

	private static BrandKit brand(List<String> postalAddress, Set<String> hosts) {
		return new BrandKit(1, "Hearth & Field", "hello@hearth.example", postalAddress, "https://hearth.example",
				"https://hearth.example/logo.png", "#0b6e4f", hosts, Set.of());
	}

}
