package io.waypost.content.layout;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.RecipientLinks;
import org.jspecify.annotations.Nullable;

/** Maps the blocks of a draft for the layouts. */
final class BlockMapper {

	private final EmailDraft draft;

	private final RecipientLinks links;

	private final FirstNameTag name;

	private final LayoutMessages messages;

	private final EmailDraft.@Nullable DraftItem hero;

	BlockMapper(EmailDraft draft, RecipientLinks links, FirstNameTag name, LayoutMessages messages) {
		this.draft = draft;
		this.links = links;
		this.name = name;
		this.messages = messages;
		this.hero = (draft.layout() == EmailDraft.Layout.HERO) ? hero(draft) : null;
	}

	/** Returns the product of a single block, else the first one with a picture. */
	private static EmailDraft.@Nullable DraftItem hero(EmailDraft draft) {
		Stream<EmailDraft.DraftItem> singles = draft.body()
			.stream()
			.filter(BlockMapper::isSingle)
			.flatMap((block) -> ((DraftBlock.Products) block).items().stream());
		return Stream.concat(singles, draft.items().stream())
			.filter((item) -> item.imageUrl() != null)
			.findFirst()
			.orElse(null);
	}

	private static boolean isSingle(DraftBlock block) {
		return block instanceof DraftBlock.Products products && products.arrangement() == DraftBlock.Arrangement.SINGLE;
	}

	/** Returns the layout in use: without a picture, a hero e-mail becomes a card. */
	EmailDraft.Layout layout() {
		return (this.draft.layout() == EmailDraft.Layout.HERO && this.hero == null) ? EmailDraft.Layout.CARD
				: this.draft.layout();
	}

	EmailModel.@Nullable ProductModel picture() {
		return (this.hero != null) ? item(this.hero, this.hero.imageUrl(), null) : null;
	}

	List<EmailModel.BlockModel> body() {
		return this.draft.body().stream().map(this::block).toList();
	}

	private EmailModel.BlockModel block(DraftBlock block) {
		return switch (block) {
			case DraftBlock.Paragraph(String text) ->
				EmailModel.BlockModel.text("paragraph", this.name.applyTo(text), null);
			case DraftBlock.Products products -> products(products);
			case DraftBlock.OfferBox offer -> offer(offer);
			case DraftBlock.Quotation(String text, String source) ->
				EmailModel.BlockModel.text("quotation", this.messages.format("quotation", text), source);
			case DraftBlock.Steps(List<String> steps) -> new EmailModel.BlockModel("steps", null, null, null, null,
					steps.stream().map(this.name::applyTo).toList(), List.of(), List.of());
			case DraftBlock.Links(List<EmailDraft.CallToAction> targets) -> new EmailModel.BlockModel("links", null,
					null, null, null, List.of(), List.of(), targets.stream().map(this::link).toList());
			case DraftBlock.Divider() -> EmailModel.BlockModel.text("divider", null, null);
		};
	}

	private EmailModel.BlockModel offer(DraftBlock.OfferBox offer) {
		return new EmailModel.BlockModel("offer", offer.offer(), format("offer.until", offer.until()),
				format("offer.code", offer.code()), offer.terms(), List.of(), List.of(), List.of());
	}

	private @Nullable String format(String key, @Nullable String value) {
		return (value != null) ? this.messages.format(key, value) : null;
	}

	private EmailModel.ButtonModel link(EmailDraft.CallToAction link) {
		return new EmailModel.ButtonModel(EmailModel.oneLine(link.label()), this.links.tracked().apply(link.url()));
	}

	private EmailModel.BlockModel products(DraftBlock.Products products) {
		String kind = products.arrangement().name().toLowerCase(Locale.ROOT);
		return EmailModel.BlockModel.products(kind,
				products.items()
					.stream()
					.map((item) -> (products.arrangement() == DraftBlock.Arrangement.SINGLE) ? single(item)
							: item(item, item.imageUrl(), null))
					.toList());
	}

	/** The hero picture is not repeated; a link to the target of the button neither. */
	private EmailModel.ProductModel single(EmailDraft.DraftItem item) {
		boolean linked = item.url().equals(this.draft.callToAction().url());
		return item(item, Objects.equals(item, this.hero) ? null : item.imageUrl(),
				linked ? null : this.messages.format("item.view", item.name()));
	}

	private EmailModel.ProductModel item(EmailDraft.DraftItem item, @Nullable String imageUrl, @Nullable String view) {
		String quantity = (item.quantity() > 1) ? this.messages.format("item.quantity", item.quantity()) : null;
		EmailModel.FormerPrice former = (item.formerPrice() != null) ? new EmailModel.FormerPrice(
				this.messages.get("item.before"), item.formerPrice(), this.messages.get("item.now")) : null;
		return new EmailModel.ProductModel(item.name(), item.price(), quantity, imageUrl,
				this.links.tracked().apply(item.url()), former, item.description(), item.rating(), view);
	}

}
