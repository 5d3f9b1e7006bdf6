package io.waypost.content;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The content of an e-mail before it is rendered for a recipient. All texts are plain
 * text, not HTML. {@code {{ first_name }}} is the only placeholder; it is filled when the
 * message is rendered, so a draft holds no personal data.
 *
 * @param locale BCP 47 tag of the texts
 * @param layout layout of the e-mail
 * @param subject at most 200 characters, one line
 * @param preheader preview text, one line
 * @param headline one line
 * @param body paragraphs, products and other blocks in reading order
 * @param callToAction the button, which follows the body
 * @param closing closing line, may be null
 */
public record EmailDraft(String locale, Layout layout, String subject, String preheader, String headline,
		List<DraftBlock> body, CallToAction callToAction, @Nullable String closing) {

	/** A draft that was stored without a layout has {@link Layout#CARD}. */
	@JsonCreator
	public EmailDraft(@JsonProperty("locale") String locale, @JsonProperty("layout") @Nullable Layout layout,
			@JsonProperty("subject") String subject, @JsonProperty("preheader") String preheader,
			@JsonProperty("headline") String headline, @JsonProperty("body") List<DraftBlock> body,
			@JsonProperty("callToAction") CallToAction callToAction,
			@JsonProperty("closing") @Nullable String closing) {
		this.locale = locale;
		this.layout = Objects.requireNonNullElse(layout, Layout.CARD);
		this.subject = subject;
		this.preheader = preheader;
		this.headline = headline;
		this.body = List.copyOf(body);
		this.callToAction = callToAction;
		this.closing = closing;
	}

	/** Creates a draft whose body has paragraphs and a list of products. */
	public EmailDraft(String locale, String subject, String preheader, String headline, List<String> paragraphs,
			List<DraftItem> items, CallToAction callToAction, @Nullable String closing) {
		this(locale, Layout.CARD, subject, preheader, headline, DraftBlock.of(paragraphs, items), callToAction,
				closing);
	}

	/** Layouts of an e-mail. */
	public enum Layout {

		/** A card with the logo, headline and body one below the other. */
		CARD,

		/** Begins with a large picture of the first product. */
		HERO,

		/** Looks like a letter: text first, little decoration. */
		LETTER

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
	 * @param formerPrice price before a reduction, formatted; null for none
	 * @param description short description from the catalogue, null for none
	 * @param rating average rating and number of reviews, formatted; null for none
	 */
	public record DraftItem(String productId, String name, String price, int quantity, @Nullable String imageUrl,
			String url, @Nullable String formerPrice, @Nullable String description, @Nullable String rating) {

		/** Creates a product without details. */
		public DraftItem(String productId, String name, String price, int quantity, @Nullable String imageUrl,
				String url) {
			this(productId, name, price, quantity, imageUrl, url, null, null, null);
		}

	}

	/**
	 * The button.
	 *
	 * @param label short imperative
	 * @param url absolute URL
	 */
	public record CallToAction(String label, String url) {

	}

	/**
	 * Returns the paragraphs of the body.
	 * @return in reading order
	 */
	public List<String> paragraphs() {
		return this.body.stream()
			.filter(DraftBlock.Paragraph.class::isInstance)
			.map((block) -> ((DraftBlock.Paragraph) block).text())
			.toList();
	}

	/**
	 * Returns the products of the body.
	 * @return in reading order
	 */
	public List<DraftItem> items() {
		return this.body.stream()
			.filter(DraftBlock.Products.class::isInstance)
			.flatMap((block) -> ((DraftBlock.Products) block).items().stream())
			.toList();
	}

	/**
	 * Returns the secondary links of the body.
	 * @return in reading order
	 */
	public List<CallToAction> links() {
		return this.body.stream()
			.filter(DraftBlock.Links.class::isInstance)
			.flatMap((block) -> ((DraftBlock.Links) block).links().stream())
			.toList();
	}

	/**
	 * Changes the texts, except those of products.
	 * @param change applied to each text
	 * @return a changed copy
	 */
	public EmailDraft map(UnaryOperator<String> change) {
		return new EmailDraft(this.locale, this.layout, change.apply(this.subject), change.apply(this.preheader),
				change.apply(this.headline), this.body.stream().map((block) -> block.map(change)).toList(),
				new CallToAction(change.apply(this.callToAction.label()), this.callToAction.url()),
				(this.closing != null) ? change.apply(this.closing) : null);
	}

	/**
	 * Replaces the subject line.
	 * @param changed the new one
	 * @return a changed copy
	 */
	public EmailDraft withSubject(String changed) {
		return new EmailDraft(this.locale, this.layout, changed, this.preheader, this.headline, this.body,
				this.callToAction, this.closing);
	}

	/**
	 * Replaces the paragraphs. Each takes the place of the paragraph with its number;
	 * additional ones follow the last of them.
	 * @param changed the new ones, at least one
	 * @return a changed copy
	 */
	public EmailDraft withParagraphs(List<String> changed) {
		int left = paragraphs().size();
		Iterator<String> next = changed.iterator();
		List<DraftBlock> blocks = new ArrayList<>();
		for (DraftBlock block : this.body) {
			if (!(block instanceof DraftBlock.Paragraph)) {
				blocks.add(block);
				continue;
			}
			left--;
			do {
				if (next.hasNext()) {
					blocks.add(new DraftBlock.Paragraph(next.next()));
				}
			}
			while (left == 0 && next.hasNext());
		}
		List<DraftBlock> first = new ArrayList<>();
		next.forEachRemaining((paragraph) -> first.add(new DraftBlock.Paragraph(paragraph)));
		first.addAll(blocks);
		return new EmailDraft(this.locale, this.layout, this.subject, this.preheader, this.headline, first,
				this.callToAction, this.closing);
	}

}
