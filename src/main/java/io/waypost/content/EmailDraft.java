package io.waypost.content;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a message says, before it is rendered for its recipient. Texts are plain text, not
 * HTML; {@code {{ first_name }}} is the only place holder and is filled at the last
 * moment, so a draft holds no personal data.
 *
 * @param locale BCP 47 tag of the words
 * @param subject at most 200 characters, one line
 * @param preheader preview text, one line
 * @param headline one line
 * @param paragraphs body text
 * @param items products shown
 * @param callToAction the one thing to do
 * @param closing last words, may be null
 */
public record EmailDraft(String locale, String subject, String preheader, String headline, List<String> paragraphs,
		List<DraftItem> items, CallToAction callToAction, @Nullable String closing) {

	public EmailDraft {
		paragraphs = List.copyOf(paragraphs);
		items = List.copyOf(items);
	}

	/**
	 * A product shown.
	 *
	 * @param productId catalogue id
	 * @param name as shown
	 * @param price formatted for the locale
	 * @param quantity how many, 1 for a recommendation
	 * @param imageUrl absolute, may be null
	 * @param url product page
	 */
	public record DraftItem(String productId, String name, String price, int quantity, @Nullable String imageUrl,
			String url) {

	}

	/**
	 * The button.
	 *
	 * @param label short imperative
	 * @param url absolute
	 */
	public record CallToAction(String label, String url) {

	}

}
