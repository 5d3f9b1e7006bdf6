package io.waypost.agent.score;

import java.util.regex.Pattern;

import io.waypost.content.Draft;

/** A draft's own words: facts are taken out, for nobody wrote them. */
record Prose(String subject, String body) {

	private static final Pattern SLOT = Pattern.compile("\\{\\{.*?}}");

	static Prose of(Draft draft, Aim aim) {
		StringBuilder body = new StringBuilder();
		draft.paragraphs().forEach((paragraph) -> body.append(paragraph).append("\n"));
		if (draft.closing() != null) {
			body.append(draft.closing());
		}
		return new Prose(without(draft.subject(), aim), without(body.toString(), aim));
	}

	private static String without(String text, Aim aim) {
		String left = text;
		for (String name : aim.products()) {
			left = left.replace(name, "it");
		}
		return fill(left.replace(aim.shop(), "us"), "you");
	}

	/** What is filled in for each reader is read as one word. */
	static String fill(String text, String word) {
		return text.contains("{{") ? SLOT.matcher(text).replaceAll(word) : text;
	}

}
