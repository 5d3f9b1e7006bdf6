package io.waypost.content.layout;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.waypost.content.BrandKit;
import io.waypost.content.DraftBlock;
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
 * @param body blocks in reading order
 * @param action the button
 * @param closing closing line
 * @param brand colours, logo and address
 * @param footer legal footer
 */
public record EmailModel(String language, EmailDraft.Layout layout, String subject, String preheader, String headline,
		List<BlockModel> body, ButtonModel action, @Nullable String closing, BrandModel brand, FooterModel footer) {

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

		static BlockModel of(DraftBlock block, RecipientLinks links, FirstNameTag name, LayoutMessages messages) {
			return switch (block) {
				case DraftBlock.Paragraph(String text) -> text("paragraph", name.applyTo(text), null);
				case DraftBlock.Products(DraftBlock.Arrangement arrangement, List<EmailDraft.DraftItem> items) ->
					new BlockModel(arrangement.name().toLowerCase(Locale.ROOT), null, null, null, null, List.of(),
							items.stream().map((item) -> item(item, links, messages)).toList(), List.of());
				case DraftBlock.OfferBox(String offer, String until, String code, String terms) ->
					new BlockModel("offer", offer, (until != null) ? messages.format("offer.until", until) : null,
							(code != null) ? messages.format("offer.code", code) : null, terms, List.of(), List.of(),
							List.of());
				case DraftBlock.Quotation(String text, String source) ->
					text("quotation", messages.format("quotation", text), source);
				case DraftBlock.Steps(List<String> steps) -> new BlockModel("steps", null, null, null, null,
						steps.stream().map(name::applyTo).toList(), List.of(), List.of());
				case DraftBlock.Links(List<EmailDraft.CallToAction> targets) -> new BlockModel("links", null, null,
						null, null, List.of(), List.of(),
						targets.stream()
							.map((link) -> new ButtonModel(oneLine(link.label()), links.tracked().apply(link.url())))
							.toList());
				case DraftBlock.Divider() -> text("divider", null, null);
			};
		}

		private static BlockModel text(String kind, @Nullable String text, @Nullable String detail) {
			return new BlockModel(kind, text, detail, null, null, List.of(), List.of(), List.of());
		}

		BlockModel map(UnaryOperator<String> change) {
			return new BlockModel(this.kind, orNull(this.text, change), orNull(this.detail, change),
					orNull(this.code, change), orNull(this.terms, change), this.steps.stream().map(change).toList(),
					this.items.stream().map((item) -> item.map(change)).toList(),
					this.links.stream().map((link) -> link.map(change)).toList());
		}

	}

	record ProductModel(String name, String price, @Nullable String quantity, @Nullable String imageUrl, String url,
			@Nullable String formerPrice, @Nullable String description, @Nullable String rating) {

		ProductModel map(UnaryOperator<String> change) {
			return new ProductModel(change.apply(this.name), change.apply(this.price), orNull(this.quantity, change),
					orNull(this.imageUrl, change), change.apply(this.url), orNull(this.formerPrice, change),
					orNull(this.description, change), orNull(this.rating, change));
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
		return new EmailModel(messages.language(), draft.layout(), line.apply(draft.subject()),
				line.apply(draft.preheader()), line.apply(draft.headline()),
				draft.body().stream().map((block) -> BlockModel.of(block, links, name, messages)).toList(),
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
		return new EmailModel(this.language, this.layout, change.apply(this.subject), change.apply(this.preheader),
				change.apply(this.headline), this.body.stream().map((block) -> block.map(change)).toList(),
				this.action.map(change), orNull(this.closing, change), this.brand.map(change), this.footer.map(change));
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
		return new ProductModel(item.name(), item.price(), quantity, item.imageUrl(), links.tracked().apply(item.url()),
				item.formerPrice(), item.description(), item.rating());
	}

}
