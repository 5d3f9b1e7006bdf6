package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.DraftBlock;
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
		int paragraph = 0;
		for (int i = 0; i < draft.body().size(); i++) {
			DraftBlock block = draft.body().get(i);
			String where = (block instanceof DraftBlock.Paragraph) ? "paragraphs[" + paragraph++ + "]"
					: "body[" + i + "]";
			block.texts().forEach((text) -> parts.add(new DraftText(where, text)));
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
