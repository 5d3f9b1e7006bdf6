package io.waypost.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A part of the body of an e-mail. All texts are plain text.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({ @JsonSubTypes.Type(value = DraftBlock.Paragraph.class, name = "paragraph"),
		@JsonSubTypes.Type(value = DraftBlock.Products.class, name = "products"),
		@JsonSubTypes.Type(value = DraftBlock.OfferBox.class, name = "offer"),
		@JsonSubTypes.Type(value = DraftBlock.Quotation.class, name = "quotation"),
		@JsonSubTypes.Type(value = DraftBlock.Steps.class, name = "steps"),
		@JsonSubTypes.Type(value = DraftBlock.Links.class, name = "links"),
		@JsonSubTypes.Type(value = DraftBlock.Divider.class, name = "divider") })
public sealed interface DraftBlock {

	/**
	 * Returns the texts that a reader sees, except those of products.
	 * @return in reading order
	 */
	List<String> texts();

	/**
	 * Changes the texts.
	 * @param change applied to each text of {@link #texts()}
	 * @return a changed copy
	 */
	DraftBlock map(UnaryOperator<String> change);

	/**
	 * Body text.
	 *
	 * @param text one paragraph; line breaks are kept
	 */
	record Paragraph(String text) implements DraftBlock {

		@Override
		public List<String> texts() {
			return List.of(this.text);
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return new Paragraph(change.apply(this.text));
		}

	}

	/**
	 * Products shown.
	 *
	 * @param arrangement how they are shown
	 * @param items the products
	 */
	record Products(Arrangement arrangement, List<EmailDraft.DraftItem> items) implements DraftBlock {

		public Products {
			items = List.copyOf(items);
		}

		@Override
		public List<String> texts() {
			return List.of();
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return this;
		}

	}

	/** How products are shown. */
	enum Arrangement {

		/** One below the other, with a small picture. */
		LIST,

		/** Two in a row. */
		GRID,

		/** One product with a large picture. */
		SINGLE

	}

	/**
	 * An offer in a frame.
	 *
	 * @param offer what is offered, for example {@code 20% off seeds}
	 * @param until last day, null without an end
	 * @param code code to enter at the checkout, null for none
	 * @param terms conditions, null for none
	 */
	record OfferBox(String offer, @Nullable String until, @Nullable String code,
			@Nullable String terms) implements DraftBlock {

		@Override
		public List<String> texts() {
			return Stream.of(this.offer, this.until, this.code, this.terms).filter(Objects::nonNull).toList();
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return new OfferBox(change.apply(this.offer), orNull(this.until, change), orNull(this.code, change),
					orNull(this.terms, change));
		}

	}

	/**
	 * What a customer wrote about a product.
	 *
	 * @param text without quotation marks
	 * @param source who wrote it and about what
	 */
	record Quotation(String text, String source) implements DraftBlock {

		@Override
		public List<String> texts() {
			return List.of(this.text, this.source);
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return new Quotation(change.apply(this.text), change.apply(this.source));
		}

	}

	/**
	 * A numbered list.
	 *
	 * @param steps one sentence each
	 */
	record Steps(List<String> steps) implements DraftBlock {

		public Steps {
			steps = List.copyOf(steps);
		}

		@Override
		public List<String> texts() {
			return this.steps;
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return new Steps(this.steps.stream().map(change).toList());
		}

	}

	/**
	 * Secondary links below the button.
	 *
	 * @param links label and URL
	 */
	record Links(List<EmailDraft.CallToAction> links) implements DraftBlock {

		public Links {
			links = List.copyOf(links);
		}

		@Override
		public List<String> texts() {
			return this.links.stream().map(EmailDraft.CallToAction::label).toList();
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return new Links(this.links.stream()
				.map((link) -> new EmailDraft.CallToAction(change.apply(link.label()), link.url()))
				.toList());
		}

	}

	/** A line between two parts. */
	record Divider() implements DraftBlock {

		@Override
		public List<String> texts() {
			return List.of();
		}

		@Override
		public DraftBlock map(UnaryOperator<String> change) {
			return this;
		}

	}

	/**
	 * Creates the usual body: paragraphs and a list of products.
	 * @param paragraphs body text
	 * @param items products, empty for none
	 * @return the blocks
	 */
	static List<DraftBlock> of(List<String> paragraphs, List<EmailDraft.DraftItem> items) {
		List<DraftBlock> blocks = new ArrayList<>();
		paragraphs.forEach((paragraph) -> blocks.add(new Paragraph(paragraph)));
		if (!items.isEmpty()) {
			blocks.add(new Products(Arrangement.LIST, items));
		}
		return blocks;
	}

	private static @Nullable String orNull(@Nullable String text, UnaryOperator<String> change) {
		return (text != null) ? change.apply(text) : null;
	}

}
