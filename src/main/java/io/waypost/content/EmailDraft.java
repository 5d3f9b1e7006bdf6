package io.waypost.content;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The content of an e-mail before it is rendered for a recipient. All texts are plain
 * text, not HTML. {@code {{ first_name }}} is the only placeholder; it is filled when the
 * message is rendered, so a draft holds no personal data.
 *
 * @param locale BCP 47 tag of the texts
 * @param subject at most 200 characters, one line
 * @param preheader preview text, one line
 * @param headline one line
 * @param paragraphs body text
 * @param items products shown
 * @param callToAction the button
 * @param closing closing line, may be null
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
	 * @param imageUrl absolute URL, may be null
	 * @param url URL of the product page
	 */
	public record DraftItem(String productId, String name, String price, int quantity, @Nullable String imageUrl,
			String url) {

	}

	/**
	 * The button.
	 *
	 * @param label short imperative
	 * @param url absolute URL
	 */
	public record CallToAction(String label, String url) {

	}

}
