package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.content.EmailDraft;
import io.waypost.content.TemplateCopy;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RuleBasedWriterTests {

	private static final List<Locale> LOCALES = List.of(Locale.UK, Locale.GERMANY, Locale.FRANCE);

	/**
	 * Without a product the planner stops messages of these goals: there is nothing to
	 * say.
	 */
	private static final Set<String> NEEDS_PRODUCTS = Set.of("announcement", "replenishment", "review-request");

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	@Test
	void writesForEveryGoalStageLanguageAndNumberOfProducts() {
		List<String> faults = new ArrayList<>();
		forEveryRequest((brief) -> {
			for (WrittenDraft written : List.of(this.writer.write(brief), this.writer.writeFallback(brief))) {
				EmailDraft draft = written.draft();
				if (draft.subject().isBlank() || draft.preheader().isBlank() || draft.headline().isBlank()
						|| draft.paragraphs().size() < 2 || draft.callToAction().label().isBlank()
						|| texts(draft).contains("${") || texts(draft).contains("null")) {
					faults.add(brief.goal() + ' ' + brief.stage() + ' ' + brief.locale() + ' ' + draft);
				}
			}
		});
		assertThat(faults).isEmpty();
	}

	@Test
	void reachesTheScoresOfTheTablesWithinTwoAttempts() {
		List<String> faults = new ArrayList<>();
		forEveryRequest((brief) -> {
			WrittenDraft written = this.writer.write(brief);
			if (isLow(written) && isLow(this.writer.write(attempt(brief, 2)))) {
				faults.add("%s %s %s quality %s relevance %s: %s".formatted(brief.goal(), brief.stage(), brief.locale(),
						written.scores().quality(), written.scores().relevance(), written.draft()));
			}
		});
		assertThat(faults).isEmpty();
	}

	private static boolean isLow(WrittenDraft written) {
		return written.scores().quality() < 0.7 || written.scores().relevance() < 0.6;
	}

	@Test
	void writesAnotherDraftAtEachAttempt() {
		forEveryRequest((brief) -> {
			Set<String> subjects = new HashSet<>();
			for (int attempt = 1; attempt <= 3; attempt++) {
				subjects.add(this.writer.write(attempt(brief, attempt)).draft().subject());
			}
			assertThat(subjects).as("%s %s %s", brief.goal(), brief.stage(), brief.locale()).hasSize(3);
		});
	}

	@Test
	void isDeterministic() {
		DraftRequest brief = brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 3, 42);
		assertThat(this.writer.write(brief)).isEqualTo(this.writer.write(brief));
	}

	@Test
	void linksToTheCart() {
		DraftRequest brief = brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 3, 42);
		assertThat(button(brief, null)).isEqualTo(brief.facts().siteUrl());
		assertThat(button(brief, "https://hearth.example/cart/7")).isEqualTo("https://hearth.example/cart/7");
		DraftRequest one = brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 1, 42);
		assertThat(button(one, "https://hearth.example/cart/7")).isEqualTo("https://hearth.example/p/p1");
	}

	private String button(DraftRequest brief, String cartUrl) {
		ContentFacts facts = brief.facts();
		DraftRequest with = new DraftRequest(brief.goal(), brief.stage(), brief.angle(), brief.locale(),
				new ContentFacts(facts.shop(), facts.siteUrl(), cartUrl, facts.lines(), facts.inCart(),
						facts.category(), facts.orderCount(), facts.properties()),
				brief.seed(), brief.attempt(), brief.authored());
		return this.writer.write(with).draft().callToAction().url();
	}

	@Test
	void spreadsRecipientsOverVariants() {
		Set<String> bodies = new HashSet<>();
		for (long seed = 1; seed <= 200; seed++) {
			EmailDraft draft = this.writer.write(brief("cart-abandonment", LifecycleStage.LOYAL, Locale.UK, 3, seed))
				.draft();
			bodies.add(draft.subject() + draft.preheader() + draft.paragraphs());
		}
		assertThat(bodies).hasSizeGreaterThan(20);
	}

	@Test
	void omitsUnknownFacts() {
		EmailDraft draft = this.writer.write(brief("cart-abandonment", LifecycleStage.PROSPECT, Locale.UK, 0, 7))
			.draft();
		assertThat(draft.items()).isEmpty();
		assertThat(draft.paragraphs()).noneMatch((paragraph) -> paragraph.contains("€") || paragraph.endsWith(":"));
	}

	@Test
	void formatsPricesForTheLocale() {
		assertThat(
				this.writer.write(brief("cart-abandonment", LifecycleStage.NEW, Locale.GERMANY, 3, 7)).draft().items())
			.extracting(EmailDraft.DraftItem::price)
			.containsExactly("34,90\u00a0€", "12,50\u00a0€", "1.249,00\u00a0€");
		assertThat(this.writer.write(brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 3, 7)).draft().items())
			.extracting(EmailDraft.DraftItem::price)
			.containsExactly("€34.90", "€12.50", "€1,249.00");
	}

	@Test
	void prefersTextsOfTheTemplate() {
		TemplateCopy authored = new TemplateCopy("Written by hand", null, null, List.of("One.", "Two."), "Go");
		DraftRequest brief = brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 1, 7);
		EmailDraft draft = this.writer
			.write(new DraftRequest(brief.goal(), brief.stage(), brief.angle(), brief.locale(), brief.facts(), 7, 1,
					authored))
			.draft();
		assertThat(draft.subject()).isEqualTo("Written by hand");
		assertThat(draft.paragraphs()).containsExactly("One.", "Two.");
		assertThat(draft.callToAction().label()).isEqualTo("Go");
		assertThat(draft.headline()).isNotBlank();
	}

	@Test
	void linksToTheProductOrTheShop() {
		assertThat(this.writer.write(brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 1, 7))
			.draft()
			.callToAction()
			.url()).isEqualTo("https://hearth.example/p/p1");
		assertThat(this.writer.write(brief("cart-abandonment", LifecycleStage.NEW, Locale.UK, 2, 7))
			.draft()
			.callToAction()
			.url()).isEqualTo("https://hearth.example");
	}

	@ParameterizedTest
	@CsvSource({ "en-GB, EUR, €34.90", "en-AU, EUR, €34.90", "en-US, GBP, £34.90", "en-US, USD, $34.90",
			"de-CH, CHF, CHF 34.90" })
	void writesTheSymbolOfACurrency(String locale, String currency, String expected) {
		assertThat(RuleBasedWriter.price(Money.of("34.90", currency), Locale.forLanguageTag(locale))
			.replace('\u00a0', ' ')).isEqualTo(expected);
	}

	@Test
	void hasTheSameGoalsInEveryLanguage() {
		assertThat(FragmentGrammar.load("de").goals()).isEqualTo(this.writer.goals());
		assertThat(FragmentGrammar.load("fr").goals()).isEqualTo(this.writer.goals());
		assertThat(this.writer.goals()).contains("cart-abandonment", "welcome", "welcome-follow-up", "re-engagement",
				"re-engagement-last-call", "milestone");
	}

	private void forEveryRequest(java.util.function.Consumer<DraftRequest> check) {
		List<String> goals = new ArrayList<>(this.writer.goals());
		goals.add("spring-sale");
		for (String goal : goals) {
			for (LifecycleStage stage : LifecycleStage.values()) {
				for (Locale locale : LOCALES) {
					for (int products : NEEDS_PRODUCTS.contains(goal) ? List.of(1, 2, 4) : List.of(0, 1, 2, 4)) {
						check.accept(brief(goal, stage, locale, products, 31L * products + stage.ordinal() + 1));
					}
				}
			}
		}
	}

	private static DraftRequest brief(String goal, LifecycleStage stage, Locale locale, int products, long seed) {
		long orders = (stage == LifecycleStage.PROSPECT) ? 0 : stage.ordinal() + 1;
		ContentFacts facts = ShopFixture.facts(products, goal.startsWith("cart"), (products > 0) ? "Kitchen" : null,
				orders);
		return new DraftRequest(goal, stage, "reminder", locale, new ContentFacts(facts.shop(), facts.siteUrl(), null,
				facts.lines(), facts.inCart(), facts.category(), orders, Map.of()), seed, 1, null);
	}

	private static DraftRequest attempt(DraftRequest brief, int attempt) {
		return new DraftRequest(brief.goal(), brief.stage(), brief.angle(), brief.locale(), brief.facts(), brief.seed(),
				attempt, brief.authored());
	}

	private static String texts(EmailDraft draft) {
		StringBuilder texts = new StringBuilder();
		draft.map((text) -> {
			texts.append(text).append('\n');
			return text;
		});
		draft.items().forEach((item) -> texts.append(item.name()).append(item.price()).append('\n'));
		return texts.toString();
	}

}
