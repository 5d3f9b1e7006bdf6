package io.waypost.agent.score;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.agent.score.Scores.Part;
import io.waypost.content.Draft;

/** Does it talk about what was planned? */
final class Relevance {

	List<Part> parts(Draft draft, Aim aim) {
		String words = words(draft);
		return List.of(products(draft, words, aim), focus(words, aim), language(draft, words, aim),
				firstWords(draft, aim));
	}

	private static Part products(Draft draft, String words, Aim aim) {
		if (aim.products().isEmpty()) {
			return draft.items().isEmpty() ? part("products", 1, 0.4, "no products planned, none shown")
					: part("products", 0, 0.4, "no products planned, yet " + draft.items().size() + " shown");
		}
		Set<String> shown = draft.items().stream().map(Draft.Item::name).collect(Collectors.toSet());
		long hits = aim.products().stream().filter((name) -> shown.contains(name) || words.contains(name)).count();
		long strangers = shown.stream().filter((name) -> !aim.products().contains(name)).count();
		return part("products", (double) hits / (aim.products().size() + strangers), 0.4,
				"%d of %d planned products shown, %d others".formatted(hits, aim.products().size(), strangers));
	}

	private static Part focus(String words, Aim aim) {
		String found = mention(words, aim);
		return part("focus", found.isEmpty() ? 0 : 1, 0.2,
				found.isEmpty() ? "neither product, category nor shop is named" : "names the " + found);
	}

	private static Part language(Draft draft, String words, Aim aim) {
		boolean tag = Locale.forLanguageTag(draft.locale()).getLanguage().equals(aim.locale().getLanguage());
		double share = Language.share(words, aim.locale().getLanguage());
		return part("language", (tag ? 0.4 : 0) + 0.6 * share, 0.3,
				"%.0f %% of the telling words are %s".formatted(share * 100, aim.locale().getLanguage()));
	}

	private static Part firstWords(Draft draft, Aim aim) {
		String found = mention(draft.subject() + ' ' + draft.preheader(), aim);
		return part("first_words", found.isEmpty() ? 0.5 : 1, 0.1,
				found.isEmpty() ? "subject and preview are general" : "subject or preview names the " + found);
	}

	private static String mention(String words, Aim aim) {
		if (aim.products().stream().anyMatch(words::contains)) {
			return "product";
		}
		String lower = words.toLowerCase(Locale.ROOT);
		if (aim.category() != null && lower.contains(aim.category().toLowerCase(Locale.ROOT))) {
			return "category";
		}
		return lower.contains(aim.shop().toLowerCase(Locale.ROOT)) ? "shop" : "";
	}

	private static String words(Draft draft) {
		return String.join("\n", draft.subject(), draft.preheader(), draft.headline(),
				String.join("\n", draft.paragraphs()), String.valueOf(draft.closing()));
	}

	private static Part part(String name, double value, double weight, String why) {
		return new Part("relevance", name, Math.clamp(value, 0.0, 1.0), weight, why);
	}

}
