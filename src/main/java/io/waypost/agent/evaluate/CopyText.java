package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;

/**
 * The texts of a draft, split into sentences once for all scorers. A merge tag is
 * replaced by a first name.
 *
 * @param language ISO 639 code of the plan
 * @param subject the subject line
 * @param preheader the preview text
 * @param button label of the button
 * @param paragraphs sentences of each paragraph of the body
 * @param showsProducts whether products are shown below the text
 * @param names words of the names of products and shop, in lower case
 * @param facts words of the catalogue, in lower case, without short ones
 */
record CopyText(String language, CopySentence subject, CopySentence preheader, CopySentence button,
		List<List<CopySentence>> paragraphs, boolean showsProducts, Set<String> names, Set<String> facts) {

	private static final int SHORTEST_FACT = 4;

	private static final Pattern MERGE_TAG = Pattern.compile("\\{\\{[^{}\\n]{0,200}}}");

	static CopyText of(EmailDraft draft, ScoringContext plan) {
		String language = plan.locale().getLanguage();
		boolean elisions = language.equals("fr");
		List<List<CopySentence>> paragraphs = new ArrayList<>();
		for (DraftBlock block : draft.body()) {
			String paragraph = (block instanceof DraftBlock.Links || block instanceof DraftBlock.OfferBox) ? ""
					: String.join("\n", block.texts());
			List<CopySentence> sentences = CopySentence.split(filled(paragraph), elisions);
			if (!sentences.isEmpty()) {
				paragraphs.add(sentences);
			}
		}
		return new CopyText(language, CopySentence.of(filled(draft.subject()), elisions),
				CopySentence.of(filled(draft.preheader()), elisions),
				CopySentence.of(filled(draft.callToAction().label()), elisions), paragraphs, !draft.items().isEmpty(),
				names(plan, elisions), facts(plan, elisions));
	}

	/** All sentences of the body. */
	List<CopySentence> body() {
		List<CopySentence> sentences = new ArrayList<>();
		this.paragraphs.forEach(sentences::addAll);
		return sentences;
	}

	/** The sentences of the body without greetings and other lines of fewer words. */
	List<CopySentence> sentences(int words) {
		return body().stream().filter((sentence) -> sentence.words() >= words).toList();
	}

	private static Set<String> names(ScoringContext plan, boolean elisions) {
		Set<String> names = new HashSet<>();
		plan.products().forEach((name) -> names.addAll(CopySentence.of(name, elisions).lower()));
		names.addAll(CopySentence.of(plan.shop(), elisions).lower());
		if (plan.category() != null) {
			names.addAll(CopySentence.of(plan.category().toLowerCase(Locale.ROOT), elisions).lower());
		}
		return names;
	}

	private static Set<String> facts(ScoringContext plan, boolean elisions) {
		Set<String> facts = new HashSet<>();
		for (String fact : plan.facts()) {
			CopySentence.of(fact, elisions)
				.lower()
				.stream()
				.filter((word) -> word.length() >= SHORTEST_FACT)
				.forEach(facts::add);
		}
		return facts;
	}

	private static String filled(String text) {
		return text.contains("{{") ? MERGE_TAG.matcher(text).replaceAll("Anna") : text;
	}

}
