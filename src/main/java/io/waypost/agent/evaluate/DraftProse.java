package io.waypost.agent.evaluate;

import java.util.regex.Pattern;

import io.waypost.content.EmailDraft;

/**
 * Subject and body of a draft without names of products and shop, which are facts and not
 * written text.
 */
record DraftProse(String subject, String body) {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");

	static DraftProse of(EmailDraft draft, ScoringContext aim) {
		StringBuilder body = new StringBuilder();
		draft.paragraphs().forEach((paragraph) -> body.append(paragraph).append("\n"));
		if (draft.closing() != null) {
			body.append(draft.closing());
		}
		return new DraftProse(without(draft.subject(), aim), without(body.toString(), aim));
	}

	private static String without(String text, ScoringContext aim) {
		String left = text;
		for (String name : aim.products()) {
			left = left.replace(name, "it");
		}
		return fill(left.replace(aim.shop(), "us"), "you");
	}

	/** Replaces each placeholder by one word. */
	static String fill(String text, String word) {
		return text.contains("{{") ? PLACEHOLDER.matcher(text).replaceAll(word) : text;
	}

}
