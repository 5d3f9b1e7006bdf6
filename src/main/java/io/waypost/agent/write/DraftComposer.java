package io.waypost.agent.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.TemplateCopy;
import io.waypost.content.fact.BrandFacts;
import org.jspecify.annotations.Nullable;

/**
 * Makes a draft from an outline and the filled texts of its parts. Texts of a template
 * replace generated ones.
 */
final class DraftComposer {

	private static final int MAX_ITEMS = 4;

	private static final TemplateCopy NO_COPY = new TemplateCopy(null, null, null, List.of(), null);

	private final DraftRequest request;

	private final FragmentSlots slots;

	private final Outline outline;

	private final Map<MessagePart, String> text;

	private final TemplateCopy authored;

	private final List<ContentFacts.ProductLine> left;

	DraftComposer(DraftRequest request, FragmentSlots slots, Outline outline, Map<MessagePart, String> text) {
		this.request = request;
		this.slots = slots;
		this.outline = outline;
		this.text = text;
		this.authored = Objects.requireNonNullElse(request.authored(), NO_COPY);
		this.left = new ArrayList<>(shown(request.facts()));
	}

	EmailDraft compose() {
		List<DraftBlock> body = this.authored.paragraphs().isEmpty() ? blocks() : authoredBlocks();
		return new EmailDraft(this.request.locale().toLanguageTag(), this.outline.layout(),
				or(this.authored.subject(), MessagePart.SUBJECT), or(this.authored.preheader(), MessagePart.PREHEADER),
				or(this.authored.headline(), MessagePart.HEADLINE), body,
				new EmailDraft.CallToAction(or(this.authored.callToAction(), MessagePart.ACTION),
						target(this.request.facts())),
				this.text.get(MessagePart.CLOSING));
	}

	/** Returns the products that a message shows. */
	static List<ContentFacts.ProductLine> shown(ContentFacts facts) {
		return facts.lines().stream().limit(MAX_ITEMS).toList();
	}

	private List<DraftBlock> blocks() {
		List<DraftBlock> blocks = new ArrayList<>();
		this.outline.body().forEach((element) -> add(blocks, element));
		return blocks;
	}

	private void add(List<DraftBlock> blocks, Outline.Element element) {
		switch (element) {
			case Outline.Element.Sentences(List<MessagePart> parts) -> addParagraph(blocks, parts);
			case Outline.Element.Shown(DraftBlock.Arrangement arrangement) -> addProducts(blocks, arrangement);
			case Outline.Element.OfferFrame() -> addOffer(blocks);
			case Outline.Element.Targets(List<MessagePart> labels) -> addLinks(blocks, labels);
			case Outline.Element.Line() -> blocks.add(new DraftBlock.Divider());
		}
	}

	/**
	 * The copy of the template, the offer if it is not announced there, and the products.
	 */
	private List<DraftBlock> authoredBlocks() {
		List<DraftBlock> blocks = new ArrayList<>(DraftBlock.of(this.authored.paragraphs(), List.of()));
		String discount = this.slots.values().get("discount");
		if (discount != null
				&& this.authored.paragraphs().stream().noneMatch((paragraph) -> paragraph.contains(discount))) {
			addOffer(blocks);
		}
		this.outline.body()
			.stream()
			.filter((element) -> element instanceof Outline.Element.Shown)
			.forEach((element) -> add(blocks, element));
		return blocks;
	}

	private void addParagraph(List<DraftBlock> blocks, List<MessagePart> parts) {
		boolean introduces = parts.contains(MessagePart.ITEMS) || parts.contains(MessagePart.MORE);
		String paragraph = parts.stream().map(this.text::get).filter(Objects::nonNull).collect(Collectors.joining(" "));
		if (!paragraph.isEmpty() && !(introduces && this.left.isEmpty())) {
			blocks.add(new DraftBlock.Paragraph(paragraph));
		}
	}

	private void addProducts(List<DraftBlock> blocks, DraftBlock.Arrangement arrangement) {
		int count = (arrangement == DraftBlock.Arrangement.SINGLE) ? Math.min(1, this.left.size()) : this.left.size();
		if (count > 0) {
			List<ContentFacts.ProductLine> lines = this.left.subList(0, count);
			// One product alone in a grid leaves half of the row empty
			DraftBlock.Arrangement fitting = (arrangement == DraftBlock.Arrangement.GRID && count == 1)
					? DraftBlock.Arrangement.LIST : arrangement;
			blocks.add(new DraftBlock.Products(fitting, lines.stream().map((line) -> item(line, fitting)).toList()));
			lines.clear();
		}
	}

	private void addOffer(List<DraftBlock> blocks) {
		Map<String, String> values = this.slots.values();
		String offer = values.get("offer_short");
		if (offer != null) {
			blocks.add(new DraftBlock.OfferBox(offer, values.get("offer_until"), values.get("offer_code"),
					values.get("offer_terms")));
		}
	}

	private void addLinks(List<DraftBlock> blocks, List<MessagePart> labels) {
		List<EmailDraft.CallToAction> links = new ArrayList<>();
		for (MessagePart label : labels) {
			String shown = this.text.get(label);
			String url = url(label);
			if (shown != null && url != null && !url.equals(target(this.request.facts()))) {
				links.add(new EmailDraft.CallToAction(shown, url));
			}
		}
		if (!links.isEmpty()) {
			blocks.add(new DraftBlock.Links(links));
		}
	}

	private @Nullable String url(MessagePart label) {
		ContentFacts facts = this.request.facts();
		return switch (label) {
			case SITE_LINK -> facts.siteUrl();
			case SECOND_LINK -> (facts.lines().size() > 1) ? facts.lines().get(1).product().url() : null;
			case PROMISE_LINK ->
				facts.brand().promise(this.request.locale()).map(BrandFacts.BrandPromise::proof).orElse(null);
			default -> throw new IllegalStateException(
					"%s is no label of a link in outline '%s'".formatted(label, this.outline.id()));
		};
	}

	private String or(@Nullable String authored, MessagePart part) {
		return (authored != null && !authored.isBlank()) ? authored.strip() : this.text.getOrDefault(part, "");
	}

	/**
	 * A list and a large picture show the description, unless a sentence tells it; a grid
	 * has no room for it. Products of a cart are known to the recipient.
	 */
	private EmailDraft.DraftItem item(ContentFacts.ProductLine line, DraftBlock.Arrangement arrangement) {
		Locale locale = this.request.locale();
		var product = line.product();
		var details = product.details();
		String description = details.descriptions().get(locale.getLanguage());
		boolean told = description == null || this.request.facts().inCart()
				|| arrangement == DraftBlock.Arrangement.GRID
				|| this.text.values().stream().anyMatch((text) -> text.contains(description));
		boolean rated = line.equals(this.request.facts().lines().getFirst()) && tells("average");
		var rating = rated ? null : FragmentSlots.goodRating(product);
		return new EmailDraft.DraftItem(product.id(), product.name(), FragmentSlots.price(product.price(), locale),
				line.quantity(), product.imageUrl(), product.url(),
				(product.formerPrice() != null) ? FragmentSlots.price(product.formerPrice(), locale) : null,
				told ? null : description, (rating != null) ? rating.text(locale) : null);
	}

	/**
	 * Whether a text says the value of a slot, so that the product need not repeat it.
	 */
	private boolean tells(String slot) {
		String value = this.slots.values().get(slot);
		return value != null && this.text.values().stream().anyMatch((text) -> text.contains(value));
	}

	/**
	 * Returns the URL of the button: the page of the offer, the page of a single product,
	 * otherwise the cart or, if its URL is unknown, the shop.
	 */
	private static String target(ContentFacts facts) {
		if (facts.offer() != null && facts.offer().url() != null) {
			return facts.offer().url();
		}
		if (facts.lines().size() == 1) {
			return facts.lines().getFirst().product().url();
		}
		return (facts.cartUrl() != null) ? facts.cartUrl() : facts.siteUrl();
	}

}
