package io.waypost.agent.write;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.agent.DetailedShop;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.fact.Offer;
import io.waypost.feature.LifecycleStage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutlinesTests {

	private static final Offer OFFER = new Offer("sale", 1, new Offer.OfferScope(null, List.of()),
			BigDecimal.valueOf(20), null, "SAVE20", null, LocalDate.of(2026, 12, 6), null, Map.of(), Map.of());

	private final DetailedShop shop = new DetailedShop();

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	@Test
	void usesSeveralStructuresAndLayouts() {
		List<WrittenDraft> written = written("spring-news", Set.of(), null);
		assertThat(outlines(written)).contains("lead", "shelf", "list", "letter", "pick");
		assertThat(written).extracting((draft) -> draft.draft().layout())
			.contains(EmailDraft.Layout.CARD, EmailDraft.Layout.HERO, EmailDraft.Layout.LETTER);
	}

	@Test
	void avoidsWhatTheRecipientGotLately() {
		assertThat(outlines(written("spring-news", Set.of("lead", "shelf", "list", "letter"), null)))
			.containsExactly("pick");
	}

	@Test
	void repeatsAStructureWhenThereIsNoOther() {
		Set<String> all = outlines(written("spring-news", Set.of(), null));
		assertThat(outlines(written("spring-news", all, null))).isEqualTo(all);
	}

	@Test
	void showsAnOfferWithEveryGoal() {
		for (String goal : List.of("spring-news", "re-engagement-last-call", "milestone")) {
			for (WrittenDraft draft : written(goal, Set.of(), OFFER)) {
				assertThat(draft.draft().body()).as("%s %s", goal, draft.fragments())
					.anyMatch((block) -> block instanceof DraftBlock.OfferBox);
			}
		}
	}

	@Test
	void usesAnotherStructureAtTheNextAttempt() {
		for (long seed = 1; seed <= 20; seed++) {
			DraftRequest first = request("spring-news", seed, 1, Set.of(), null);
			DraftRequest second = request("spring-news", seed, 2, Set.of(), null);
			assertThat(this.writer.write(second).fragments().getFirst())
				.isNotEqualTo(this.writer.write(first).fragments().getFirst());
		}
	}

	@Test
	void showsEachProductOnce() {
		for (WrittenDraft draft : written("spring-news", Set.of(), null)) {
			List<String> shown = draft.draft().items().stream().map(EmailDraft.DraftItem::productId).toList();
			assertThat(shown).as("%s", draft.fragments()).hasSize(4).doesNotHaveDuplicates();
		}
	}

	@Test
	void tellsLongerFactsOnce() {
		for (WrittenDraft written : written("welcome-highlights", Set.of(), null)) {
			EmailDraft draft = written.draft();
			List<String> texts = new ArrayList<>(List.of(draft.preheader()));
			draft.body().forEach((block) -> texts.addAll(block.texts()));
			draft.items().forEach((item) -> texts.add(String.valueOf(item.description())));
			String all = String.join("\n", texts);
			for (String fact : List.of("You can send items back within 30 days.",
					"Orders leave our store within two working days.", "We repair what you bought from us.")) {
				assertThat(occurrences(all, fact)).as("%s in%n%s", fact, all).isLessThanOrEqualTo(1);
			}
		}
	}

	@Test
	void prefersFragmentsWithHigherDraws() {
		FragmentPosteriors known = (goal, tag, seed) -> tag.equals("outline:letter") || tag.equals("subject:item") ? 1
				: 0;
		for (long seed = 1; seed <= 20; seed++) {
			DraftRequest plain = request("spring-news", seed, 1, Set.of(), null);
			WrittenDraft written = this.writer.write(new DraftRequest(plain.goal(), plain.stage(), plain.angle(),
					plain.locale(), plain.facts(), seed, 1, null, Set.of(), known));
			assertThat(written.fragments()).contains("outline:letter", "subject:item");
		}
	}

	private List<WrittenDraft> written(String goal, Set<String> recent, Offer offer) {
		List<WrittenDraft> written = new ArrayList<>();
		for (long seed = 1; seed <= 60; seed++) {
			written.add(this.writer.write(request(goal, seed, 1, recent, offer)));
		}
		return written;
	}

	private DraftRequest request(String goal, long seed, int attempt, Set<String> recent, Offer offer) {
		ContentFacts facts = this.shop.facts(this.shop.categories().get((int) (seed % 8)), 4, false, 2, offer, null,
				Locale.UK, new Random(seed));
		return new DraftRequest(goal, LifecycleStage.ACTIVE, "news", Locale.UK, facts, seed, attempt, null, recent,
				FragmentPosteriors.UNINFORMED);
	}

	private static int occurrences(String text, String part) {
		return (text.length() - text.replace(part, "").length()) / part.length();
	}

	private static Set<String> outlines(List<WrittenDraft> written) {
		return written.stream()
			.map((draft) -> draft.fragments().getFirst().substring(WrittenDraft.OUTLINE.length()))
			.collect(Collectors.toCollection(HashSet::new));
	}

}
