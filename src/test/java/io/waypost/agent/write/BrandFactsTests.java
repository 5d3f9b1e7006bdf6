package io.waypost.agent.write;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.content.fact.BrandFacts;
import io.waypost.feature.LifecycleStage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The writer promises what the brand kit declares, and nothing else. */
class BrandFactsTests {

	private static final String SHIPPING = "Orders leave our store within two working days.";

	private static final BrandFacts DECLARED = new BrandFacts(List.of(), Map.of("en", SHIPPING), Map.of(),
			new BrandFacts.BrandVoice(List.of(), List.of("glad")), Map.of());

	/** Claims that no fact carries. */
	private static final String UNFOUNDED = "(?is).*(reply to this|others? (often )?choose|customers (often )?choose"
			+ "|had a look at|is saved|whenever (you|it)|we (picked|put together)|popular|andere (dort|gern|bei)"
			+ "|antworte|angesehen|gespeichert|jederzeit abschließen|répondre|fréquents|avez regardé|enregistré).*";

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	@Test
	void namesTheFactOfAPromise() {
		boolean said = false;
		for (long seed = 1; seed <= 20; seed++) {
			WrittenDraft written = write("sale", Locale.UK, seed, DECLARED);
			boolean says = written.draft().paragraphs().contains(SHIPPING);
			assertThat(written.facts().contains("brand:shipping")).isEqualTo(says);
			said |= says;
			assertThat(write("sale", Locale.UK, seed, BrandFacts.NONE).draft().toString())
				.doesNotContain("working days");
		}
		assertThat(said).isTrue();
	}

	@Test
	void avoidsWordsOfTheVoice() {
		for (long seed = 1; seed <= 20; seed++) {
			assertThat(String.join(" ", write("welcome", Locale.UK, seed, DECLARED).draft().paragraphs())
				.toLowerCase(Locale.ROOT)).doesNotContain("glad");
		}
	}

	@Test
	void claimsNothingThatNoFactCarries() {
		for (Locale locale : List.of(Locale.UK, Locale.GERMANY, Locale.FRANCE)) {
			for (String goal : this.writer.goals()) {
				for (long seed = 1; seed <= 60; seed++) {
					assertThat(write(goal, locale, seed, BrandFacts.NONE).draft().toString()).doesNotMatch(UNFOUNDED);
				}
			}
		}
	}

	private WrittenDraft write(String goal, Locale locale, long seed, BrandFacts brand) {
		ContentFacts some = ShopFixture.facts(3, goal.startsWith("cart"), "Kitchen", 0);
		ContentFacts facts = new ContentFacts(some.shop(), some.siteUrl(), null, some.lines(), some.inCart(),
				some.category(), 0, Map.of(), null, brand);
		return this.writer.write(new DraftRequest(goal, LifecycleStage.NEW, "news", locale, facts, seed, 1, null));
	}

}
