package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.Draft;

/**
 * One text of a draft.
 *
 * @param where which part
 * @param text as it stands
 */
record Passage(String where, String text) {

	/** All texts of a draft but its items, which are compared as a whole. */
	static List<Passage> of(Draft draft) {
		List<Passage> passages = new ArrayList<>();
		passages.add(new Passage("subject", draft.subject()));
		passages.add(new Passage("preheader", draft.preheader()));
		passages.add(new Passage("headline", draft.headline()));
		for (int i = 0; i < draft.paragraphs().size(); i++) {
			passages.add(new Passage("paragraphs[" + i + "]", draft.paragraphs().get(i)));
		}
		passages.add(new Passage("callToAction.label", draft.callToAction().label()));
		if (draft.closing() != null) {
			passages.add(new Passage("closing", draft.closing()));
		}
		return passages;
	}

	/**
	 * Without the facts that may be named: a figure in a product's name is no price. What
	 * is taken out leaves a full stop, so that the words around it do not grow together.
	 */
	Passage without(List<String> names) {
		String left = this.text;
		for (String name : names) {
			left = left.replace(name, " . ");
		}
		return new Passage(this.where, left);
	}

}
