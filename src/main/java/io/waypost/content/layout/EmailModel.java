package io.waypost.content.layout;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.RecipientLinks;
import io.waypost.content.brand.ColourContrast;
import org.jspecify.annotations.Nullable;

/**
 * The model of both layouts. It contains final strings only; layouts hold no logic.
 *
 * @param language language of the document
 * @param subject one line
 * @param preheader one line
 * @param headline one line
 * @param paragraphs body text
 * @param items products
 * @param action the button
 * @param closing closing line
 * @param brand colours, logo and address
 * @param footer legal footer
 */
public record EmailModel(String language, String subject, String preheader, String headline, List<String> paragraphs,
		List<ProductModel> items, ButtonModel action, @Nullable String closing, BrandModel brand, FooterModel footer) {

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

	record ProductModel(String name, String price, @Nullable String quantity, @Nullable String imageUrl, String url) {

		ProductModel map(UnaryOperator<String> change) {
			return new ProductModel(change.apply(this.name), change.apply(this.price), orNull(this.quantity, change),
					orNull(this.imageUrl, change), change.apply(this.url));
		}

	}

	record ButtonModel(String label, String url) {

		ButtonModel map(UnaryOperator<String> change) {
			return new ButtonModel(change.apply(this.label), change.apply(this.url));
		}

	}

	record BrandModel(String name, String siteUrl, String logoUrl, String accent, String onAccent) {

		BrandModel map(UnaryOperator<String> change) {
			return new BrandModel(change.apply(this.name), change.apply(this.siteUrl), change.apply(this.logoUrl),
					this.accent, this.onAccent);
		}

	}

	record FooterModel(String sender, List<String> address, String reason, String preferences, String unsubscribe,
			String url, @Nullable String pixel) {

		FooterModel map(UnaryOperator<String> change) {
			return new FooterModel(change.apply(this.sender), this.address.stream().map(change).toList(),
					change.apply(this.reason), change.apply(this.preferences), change.apply(this.unsubscribe),
					change.apply(this.url), orNull(this.pixel, change));
		}

	}

	public static EmailModel of(EmailDraft draft, BrandKit brand, String reason, RecipientLinks links,
			FirstNameTag name, LayoutMessages messages) {
		UnaryOperator<String> line = (text) -> oneLine(name.applyTo(text));
		return new EmailModel(messages.language(), line.apply(draft.subject()), line.apply(draft.preheader()),
				line.apply(draft.headline()), draft.paragraphs().stream().map(name::applyTo).toList(),
				draft.items().stream().map((item) -> item(item, links, messages)).toList(),
				new ButtonModel(line.apply(draft.callToAction().label()),
						links.tracked().apply(draft.callToAction().url())),
				(draft.closing() != null) ? name.applyTo(draft.closing()) : null,
				new BrandModel(brand.senderName(), links.tracked().apply(brand.siteUrl()), brand.logoUrl(),
						brand.accentColour(), ColourContrast.textOn(brand.accentColour())),
				new FooterModel(brand.senderName(), brand.postalAddress(), reason, messages.get("footer.preferences"),
						messages.get("footer.unsubscribe"), links.unsubscribe(), links.openPixel()));
	}

	/**
	 * Returns a copy with a function applied to every text that may differ between
	 * messages, always in the same order. Language and colours stay as they are.
	 */
	EmailModel map(UnaryOperator<String> change) {
		return new EmailModel(this.language, change.apply(this.subject), change.apply(this.preheader),
				change.apply(this.headline), this.paragraphs.stream().map(change).toList(),
				this.items.stream().map((item) -> item.map(change)).toList(), this.action.map(change),
				orNull(this.closing, change), this.brand.map(change), this.footer.map(change));
	}

	private static @Nullable String orNull(@Nullable String text, UnaryOperator<String> change) {
		return (text != null) ? change.apply(text) : null;
	}

	/** Removes line breaks, which would allow header injection in the subject. */
	private static String oneLine(String text) {
		return CONTROLS.matcher(text).replaceAll(" ").strip();
	}

	private static ProductModel item(EmailDraft.DraftItem item, RecipientLinks links, LayoutMessages messages) {
		String quantity = (item.quantity() > 1) ? messages.format("item.quantity", item.quantity()) : null;
		return new ProductModel(item.name(), item.price(), quantity, item.imageUrl(),
				links.tracked().apply(item.url()));
	}

}
