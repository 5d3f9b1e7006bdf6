package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.agent.evaluate.DraftScores.ScorePart;
import io.waypost.content.EmailDraft;

/** Does it talk about what was planned? */
final class RelevanceScorer {

	List<ScorePart> parts(EmailDraft draft, ScoringContext aim) {
		String words = words(draft);
		return List.of(products(draft, words, aim), focus(words, aim), language(draft, words, aim),
				firstWords(draft, aim));
	}

	private static ScorePart products(EmailDraft draft, String words, ScoringContext aim) {
		if (aim.products().isEmpty()) {
			return draft.items().isEmpty() ? part("products", 1, 0.4, "no products planned, none shown")
					: part("products", 0, 0.4, "no products planned, yet " + draft.items().size() + " shown");
		}
		Set<String> shown = draft.items().stream().map(EmailDraft.DraftItem::name).collect(Collectors.toSet());
		long hits = aim.products().stream().filter((name) -> shown.contains(name) || words.contains(name)).count();
		long strangers = shown.stream().filter((name) -> !aim.products().contains(name)).count();
		return part("products", (double) hits / (aim.products().size() + strangers), 0.4,
				"%d of %d planned products shown, %d others".formatted(hits, aim.products().size(), strangers));
	}

	private static ScorePart focus(String words, ScoringContext aim) {
		String found = mention(words, aim);
		return part("focus", found.isEmpty() ? 0 : 1, 0.2,
				found.isEmpty() ? "neither product, category nor shop is named" : "names the " + found);
	}

	private static ScorePart language(EmailDraft draft, String words, ScoringContext aim) {
		boolean tag = Locale.forLanguageTag(draft.locale()).getLanguage().equals(aim.locale().getLanguage());
		double share = LanguageDetector.share(words, aim.locale().getLanguage());
		return part("language", (tag ? 0.4 : 0) + 0.6 * share, 0.3,
				"%.0f %% of the telling words are %s".formatted(share * 100, aim.locale().getLanguage()));
	}

	private static ScorePart firstWords(EmailDraft draft, ScoringContext aim) {
		String found = mention(draft.subject() + ' ' + draft.preheader(), aim);
		return part("first_words", found.isEmpty() ? 0.5 : 1, 0.1,
				found.isEmpty() ? "subject and preview are general" : "subject or preview names the " + found);
	}

	private static String mention(String words, ScoringContext aim) {
		if (aim.products().stream().anyMatch(words::contains)) {
			return "product";
		}
		String lower = words.toLowerCase(Locale.ROOT);
		if (aim.category() != null && lower.contains(aim.category().toLowerCase(Locale.ROOT))) {
			return "category";
		}
		return lower.contains(aim.shop().toLowerCase(Locale.ROOT)) ? "shop" : "";
	}

	private static String words(EmailDraft draft) {
		return String.join("\n", draft.subject(), draft.preheader(), draft.headline(),
				String.join("\n", draft.paragraphs()), String.valueOf(draft.closing()));
	}

	private static ScorePart part(String name, double value, double weight, String why) {
		return new ScorePart("relevance", name, Math.clamp(value, 0.0, 1.0), weight, why);
	}

}
