package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.EmailDraft;

/**
 * One text of a draft.
 *
 * @param where the part of the draft
 * @param text the text
 */
record DraftText(String where, String text) {

	/** Returns all texts of a draft except its items, which are compared as a whole. */
	static List<DraftText> of(EmailDraft draft) {
		List<DraftText> parts = new ArrayList<>();
		parts.add(new DraftText("subject", draft.subject()));
		parts.add(new DraftText("preheader", draft.preheader()));
		parts.add(new DraftText("headline", draft.headline()));
		for (int i = 0; i < draft.paragraphs().size(); i++) {
			parts.add(new DraftText("paragraphs[" + i + "]", draft.paragraphs().get(i)));
		}
		parts.add(new DraftText("callToAction.label", draft.callToAction().label()));
		if (draft.closing() != null) {
			parts.add(new DraftText("closing", draft.closing()));
		}
		return parts;
	}

	/**
	 * Returns the text without allowed names: a number in a product's name is not a
	 * price. A full stop replaces each name, so that the surrounding words stay separate.
	 */
	DraftText without(List<String> names) {
		String left = this.text;
		for (String name : names) {
			left = left.replace(name, " . ");
		}
		return new DraftText(this.where, left);
	}

}
