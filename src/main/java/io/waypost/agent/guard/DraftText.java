package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.EmailDraft;

/**
 * One text of a draft.
 *
 * @param where which part
 * @param text as it stands
 */
record DraftText(String where, String text) {

	/** All texts of a draft but its items, which are compared as a whole. */
	static List<DraftText> of(EmailDraft draft) {
		List<DraftText> passages = new ArrayList<>();
		passages.add(new DraftText("subject", draft.subject()));
		passages.add(new DraftText("preheader", draft.preheader()));
		passages.add(new DraftText("headline", draft.headline()));
		for (int i = 0; i < draft.paragraphs().size(); i++) {
			passages.add(new DraftText("paragraphs[" + i + "]", draft.paragraphs().get(i)));
		}
		passages.add(new DraftText("callToAction.label", draft.callToAction().label()));
		if (draft.closing() != null) {
			passages.add(new DraftText("closing", draft.closing()));
		}
		return passages;
	}

	/**
	 * Without the facts that may be named: a figure in a product's name is no price. What
	 * is taken out leaves a full stop, so that the words around it do not grow together.
	 */
	DraftText without(List<String> names) {
		String left = this.text;
		for (String name : names) {
			left = left.replace(name, " . ");
		}
		return new DraftText(this.where, left);
	}

}
