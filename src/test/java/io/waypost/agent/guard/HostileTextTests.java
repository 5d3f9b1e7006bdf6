package io.waypost.agent.guard;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.DetailedShop;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Texts that are made to cost time or stack: a long repetition of a few characters. An
 * ordinary text takes about a millisecond.
 */
class HostileTextTests {

	/** Hundreds of times what a linear check needs, on a busy machine. */
	private static final Duration ENOUGH = Duration.ofSeconds(5);

	private static final int LONG = 9_900;

	private static final int TOO_LONG = 200_000;

	private static final ContentInspector INSPECTOR = new ContentInspector(new EmailRenderer()::legalElements);

	private static final DraftScorer SCORER = new DraftScorer();

	private static final PersonalDataDetector DETECTOR = new PersonalDataDetector();

	private static final DetailedShop SHOP = new DetailedShop();

	@BeforeAll
	static void loadModels() {
		check("An ordinary text.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "1", "a.", "www.", "1.", "1 ", "1-", "a@", "(1)", "12/", "€1 ", ":/", "- ", "a ",
			"A ", "{{", "{", "{%", "<", "%1", "x1", "1,", "a-", "a'", "0x", "é.", ".", "@", "DE1", "+1", "half ",
			"twenty ", "und", "1.000.", "a.b@", "http://", "&a", "𝟏", "A-", "l'", "1:", "\"a", "the A ", "den ", "[[",
			"*|", "1/1/" })
	void takeLittleTimeAndNoStack(String unit) {
		assertTimeoutPreemptively(ENOUGH, () -> check(unit.repeat(LONG / unit.length())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a ", "1", "a." })
	void areRefusedWithoutReadingWhenTheyAreTooLong(String unit) {
		InspectionResult result = assertTimeoutPreemptively(ENOUGH,
				() -> INSPECTOR.inspect(inspection(unit.repeat(TOO_LONG / unit.length()))));
		assertThat(result.worst()).get().extracting(Finding::severity).isEqualTo(Severity.BLOCKING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "a.", "{{" })
	void areRefusedWhenNobodyCouldReadThem(String unit) {
		assertThat(INSPECTOR.inspect(inspection(unit.repeat(300))).findings()).extracting(Finding::code)
			.contains("text_unreadable");
	}

	private static void check(String text) {
		InspectionRequest request = inspection(text);
		INSPECTOR.inspect(request);
		DETECTOR.find(text, Locale.UK);
		SCORER.score(request.draft(),
				new ScoringContext(Locale.UK, "Fernweh & Field", List.of(), null, "news", true, List.of()));
	}

	private static InspectionRequest inspection(String text) {
		EmailDraft draft = new EmailDraft("en-GB", "Subject", "Preheader", "Headline", List.of(text), List.of(),
				new EmailDraft.CallToAction("Have a look", "https://fernweh-and-field.example/x"), null);
		return new InspectionRequest(draft, DetailedShop.brand(), Map.of(), Map.of(), SHOP.names(), List.of(), "",
				Map.of(), DetailedShop.TODAY);
	}

}
