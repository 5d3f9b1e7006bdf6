package io.waypost.agent.score;

import io.waypost.content.Draft;

/** A draft's own words: facts are taken out, for nobody wrote them. */
record Prose(String subject, String body) {

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
		return left.replace(aim.shop(), "us").replaceAll("\\{\\{.*?}}", "you");
	}

}
