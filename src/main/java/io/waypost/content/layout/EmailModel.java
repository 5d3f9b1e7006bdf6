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
 * @param layout layout of the HTML document
 * @param subject one line
 * @param preheader one line
 * @param headline one line
 * @param picture product of the large picture, null for layouts without one
 * @param body blocks in reading order
 * @param action the button
 * @param closing closing line
 * @param brand colours, logo and address
 * @param footer legal footer
 */
public record EmailModel(String language, EmailDraft.Layout layout, String subject, String preheader, String headline,
		@Nullable ProductModel picture, List<BlockModel> body, ButtonModel action, @Nullable String closing,
		BrandModel brand, FooterModel footer) {

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

	/**
	 * A block of the body. Fields that its kind does not need are null or empty.
	 *
	 * @param kind paragraph, list, grid, single, offer, quotation, steps, links or
	 * divider
	 * @param text text of a paragraph, an offer or a quotation
	 * @param detail last day of an offer, source of a quotation
	 * @param code line with the code of an offer
	 * @param terms terms of an offer
	 * @param steps texts of steps
	 * @param items products
	 * @param links secondary links
	 */
	record BlockModel(String kind, @Nullable String text, @Nullable String detail, @Nullable String code,
			@Nullable String terms, List<String> steps, List<ProductModel> items, List<ButtonModel> links) {

		static BlockModel text(String kind, @Nullable String text, @Nullable String detail) {
			return new BlockModel(kind, text, detail, null, null, List.of(), List.of(), List.of());
		}

		static BlockModel products(String kind, List<ProductModel> items) {
			return new BlockModel(kind, null, null, null, null, List.of(), items, List.of());
		}

		BlockModel withItems(List<ProductModel> changed) {
			return products(this.kind, changed);
		}

		BlockModel map(UnaryOperator<String> change) {
			return new BlockModel(this.kind, orNull(this.text, change), orNull(this.detail, change),
					orNull(this.code, change), orNull(this.terms, change), this.steps.stream().map(change).toList(),
					this.items.stream().map((item) -> item.map(change)).toList(),
					this.links.stream().map((link) -> link.map(change)).toList());
		}

	}

	/**
	 * A product.
	 *
	 * @param name as shown
	 * @param price formatted
	 * @param quantity line with the quantity, null for one
	 * @param imageUrl picture, null for none
	 * @param url product page
	 * @param former what stands before a reduced price, null for a price that is not
	 * reduced
	 * @param description short description, null for none
	 * @param rating formatted, null for none
	 * @param view label of an own link to the product page, null for none
	 */
	record ProductModel(String name, String price, @Nullable String quantity, @Nullable String imageUrl, String url,
			@Nullable FormerPrice former, @Nullable String description, @Nullable String rating,
			@Nullable String view) {

		static final ProductModel EMPTY = new ProductModel("", "", null, null, "", null, null, null, null);

		ProductModel map(UnaryOperator<String> change) {
			return new ProductModel(change.apply(this.name), change.apply(this.price), orNull(this.quantity, change),
					orNull(this.imageUrl, change), change.apply(this.url),
					(this.former != null) ? this.former.map(change) : null, orNull(this.description, change),
					orNull(this.rating, change), orNull(this.view, change));
		}

	}

	/**
	 * The price before a reduction. The words are shown, because screen readers do not
	 * announce that a text is struck through.
	 *
	 * @param before word before the former price
	 * @param price the former price, formatted
	 * @param now word before the new price
	 */
	record FormerPrice(String before, String price, String now) {

		FormerPrice map(UnaryOperator<String> change) {
			return new FormerPrice(change.apply(this.before), change.apply(this.price), change.apply(this.now));
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
					change.apply(this.accent), change.apply(this.onAccent));
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
		BlockMapper blocks = new BlockMapper(draft, links, name, messages);
		return new EmailModel(messages.language(), blocks.layout(), line.apply(draft.subject()),
				line.apply(draft.preheader()), line.apply(draft.headline()), blocks.picture(), blocks.body(),
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
	 * messages, always in the same order.
	 */
	EmailModel map(UnaryOperator<String> change) {
		return new EmailModel(change.apply(this.language), this.layout, change.apply(this.subject),
				change.apply(this.preheader), change.apply(this.headline),
				(this.picture != null) ? this.picture.map(change) : null,
				this.body.stream().map((block) -> block.map(change)).toList(), this.action.map(change),
				orNull(this.closing, change), this.brand.map(change), this.footer.map(change));
	}

	/** Returns a copy whose body has only the links, which follow the button. */
	EmailModel withoutBlocks() {
		return new EmailModel(this.language, this.layout, this.subject, this.preheader, this.headline, this.picture,
				this.body.stream().filter((block) -> block.kind().equals("links")).toList(), this.action, this.closing,
				this.brand, this.footer);
	}

	private static @Nullable String orNull(@Nullable String text, UnaryOperator<String> change) {
		return (text != null) ? change.apply(text) : null;
	}

	/** Removes line breaks, which would allow header injection in the subject. */
	static String oneLine(String text) {
		return CONTROLS.matcher(text).replaceAll(" ").strip();
	}

}
