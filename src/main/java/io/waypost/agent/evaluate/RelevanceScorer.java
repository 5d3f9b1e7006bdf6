package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.agent.evaluate.DraftScores.ScorePart;
import io.waypost.content.EmailDraft;

/** Scores how well a draft matches its content plan. */
final class RelevanceScorer {

	List<ScorePart> parts(EmailDraft draft, ScoringContext aim) {
		String text = text(draft);
		return List.of(products(draft, text, aim), focus(text, aim), language(draft, text, aim),
				firstWords(draft, aim));
	}

	private static ScorePart products(EmailDraft draft, String text, ScoringContext aim) {
		if (aim.products().isEmpty()) {
			return draft.items().isEmpty() ? part("products", 1, 0.4, "no products planned, none shown")
					: part("products", 0, 0.4, "no products planned, but " + draft.items().size() + " shown");
		}
		Set<String> shown = draft.items().stream().map(EmailDraft.DraftItem::name).collect(Collectors.toSet());
		long hits = aim.products().stream().filter((name) -> shown.contains(name) || names(text, name, aim)).count();
		if (hits == 0 && !aim.productsPlanned() && shown.isEmpty()) {
			return part("products", 1, 0.4, "products may be named, none is");
		}
		long unplanned = shown.stream().filter((name) -> !aim.products().contains(name)).count();
		return part("products", (double) hits / (aim.products().size() + unplanned), 0.4,
				"%d of %d planned products shown, %d unplanned".formatted(hits, aim.products().size(), unplanned));
	}

	private static ScorePart focus(String text, ScoringContext aim) {
		String found = mention(text, aim);
		return part("focus", found.isEmpty() ? 0 : 1, 0.2,
				found.isEmpty() ? "names no product, category or shop" : "names the " + found);
	}

	private static ScorePart language(EmailDraft draft, String text, ScoringContext aim) {
		boolean tag = Locale.forLanguageTag(draft.locale()).getLanguage().equals(aim.locale().getLanguage());
		double share = LanguageDetector.share(text, aim.locale().getLanguage());
		return part("language", (tag ? 0.4 : 0) + 0.6 * share, 0.3,
				"%.0f %% of the stop words are %s".formatted(share * 100, aim.locale().getLanguage()));
	}

	private static ScorePart firstWords(EmailDraft draft, ScoringContext aim) {
		String found = mention(draft.subject() + ' ' + draft.preheader(), aim);
		return part("first_words", found.isEmpty() ? 0.5 : 1, 0.1,
				found.isEmpty() ? "subject and preheader name no product, category or shop"
						: "subject or preheader names the " + found);
	}

	private static String mention(String text, ScoringContext aim) {
		if (aim.products().stream().anyMatch((name) -> names(text, name, aim))) {
			return "product";
		}
		String lower = text.toLowerCase(Locale.ROOT);
		if (aim.category() != null && lower.contains(aim.category().toLowerCase(Locale.ROOT))) {
			return "category";
		}
		return lower.contains(aim.shop().toLowerCase(Locale.ROOT)) ? "shop" : "";
	}

	/** Whether a text has the name of a product, or one of its distinctive words. */
	private static boolean names(String text, String name, ScoringContext aim) {
		if (text.contains(name)) {
			return true;
		}
		String language = aim.locale().getLanguage();
		String lower = text.toLowerCase(Locale.ROOT);
		return CopySentence.of(name, language.equals("fr"))
			.lower()
			.stream()
			.anyMatch((word) -> TopicScorer.isContent(word, language) && lower.contains(TopicScorer.stem(word)));
	}

	private static String text(EmailDraft draft) {
		return String.join("\n", draft.subject(), draft.preheader(), draft.headline(),
				String.join("\n", draft.paragraphs()), String.valueOf(draft.closing()));
	}

	private static ScorePart part(String name, double value, double weight, String why) {
		return ScorePart.weighted("relevance", name, value, weight, why);
	}

}
