package io.waypost.content;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What both layouts show: final strings only, so that a layout decides nothing.
 *
 * @param language of the document
 * @param subject one line
 * @param preheader one line
 * @param headline one line
 * @param paragraphs body text
 * @param items products
 * @param action the button
 * @param closing last words
 * @param brand colours, logo and address
 * @param footer legal parts
 */
record MailModel(String language, String subject, String preheader, String headline, List<String> paragraphs,
		List<Item> items, Action action, @Nullable String closing, Brand brand, Footer footer) {

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

	record Item(String name, String price, @Nullable String quantity, @Nullable String imageUrl, String url) {

		Item map(UnaryOperator<String> change) {
			return new Item(change.apply(this.name), change.apply(this.price), orNull(this.quantity, change),
					orNull(this.imageUrl, change), change.apply(this.url));
		}

	}

	record Action(String label, String url) {

		Action map(UnaryOperator<String> change) {
			return new Action(change.apply(this.label), change.apply(this.url));
		}

	}

	record Brand(String name, String siteUrl, String logoUrl, String accent, String onAccent) {

		Brand map(UnaryOperator<String> change) {
			return new Brand(change.apply(this.name), change.apply(this.siteUrl), change.apply(this.logoUrl),
					this.accent, this.onAccent);
		}

	}

	record Footer(String sender, List<String> address, String reason, String preferences, String unsubscribe,
			String url, @Nullable String pixel) {

		Footer map(UnaryOperator<String> change) {
			return new Footer(change.apply(this.sender), this.address.stream().map(change).toList(),
					change.apply(this.reason), change.apply(this.preferences), change.apply(this.unsubscribe),
					change.apply(this.url), orNull(this.pixel, change));
		}

	}

	static MailModel of(Draft draft, BrandKit brand, String reason, RecipientLinks links, FirstName name,
			MailTexts texts) {
		UnaryOperator<String> line = (text) -> oneLine(name.in(text));
		return new MailModel(texts.language(), line.apply(draft.subject()), line.apply(draft.preheader()),
				line.apply(draft.headline()), draft.paragraphs().stream().map(name::in).toList(),
				draft.items().stream().map((item) -> item(item, links, texts)).toList(),
				new Action(line.apply(draft.callToAction().label()), links.tracked().apply(draft.callToAction().url())),
				(draft.closing() != null) ? name.in(draft.closing()) : null,
				new Brand(brand.senderName(), links.tracked().apply(brand.siteUrl()), brand.logoUrl(),
						brand.accentColour(), Contrast.textOn(brand.accentColour())),
				new Footer(brand.senderName(), brand.postalAddress(), reason, texts.get("footer.preferences"),
						texts.get("footer.unsubscribe"), links.unsubscribe(), links.openPixel()));
	}

	/**
	 * The same message with every text changed that differs between recipients, always in
	 * the same order; language and colours stay.
	 */
	MailModel map(UnaryOperator<String> change) {
		return new MailModel(this.language, change.apply(this.subject), change.apply(this.preheader),
				change.apply(this.headline), this.paragraphs.stream().map(change).toList(),
				this.items.stream().map((item) -> item.map(change)).toList(), this.action.map(change),
				orNull(this.closing, change), this.brand.map(change), this.footer.map(change));
	}

	private static @Nullable String orNull(@Nullable String text, UnaryOperator<String> change) {
		return (text != null) ? change.apply(text) : null;
	}

	/** Without line breaks no header can be smuggled in behind a subject. */
	private static String oneLine(String text) {
		return CONTROLS.matcher(text).replaceAll(" ").strip();
	}

	private static Item item(Draft.Item item, RecipientLinks links, MailTexts texts) {
		String quantity = (item.quantity() > 1) ? texts.format("item.quantity", item.quantity()) : null;
		return new Item(item.name(), item.price(), quantity, item.imageUrl(), links.tracked().apply(item.url()));
	}

}
