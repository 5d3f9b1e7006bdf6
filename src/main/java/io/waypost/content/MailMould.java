package io.waypost.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A message cast once, with slots for the name and the addresses, once for people with a
 * name and once for those without. Escaping goes character by character, so what is
 * escaped in pieces is escaped as a whole; only lines that hold the name are wrapped anew
 * for each person.
 */
final class MailMould implements PreparedMail {

	private static final int NAME = 0;

	private static final int UNSUBSCRIBE = 1;

	private static final int PIXEL = 2;

	private static final int FIRST_LINK = 3;

	private final List<String> links = new ArrayList<>();

	private final boolean pixel;

	private final Cast named;

	private final Cast nameless;

	/**
	 * Casts a message.
	 * @param model makes the message for a name and addresses
	 * @param pixel whether it carries the open pixel
	 * @param texts language of the message
	 * @param html makes the document
	 */
	MailMould(Model model, boolean pixel, MailTexts texts, Function<MailModel, String> html) {
		this.pixel = pixel;
		RecipientLinks slots = new RecipientLinks(SlottedText.slot(UNSUBSCRIBE), pixel ? SlottedText.slot(PIXEL) : null,
				this::slot);
		this.named = cast(model.of(FirstName.slot(SlottedText.slot(NAME), texts), slots), html);
		this.nameless = cast(model.of(new FirstName(null, texts), slots), html);
	}

	/** Only now all links are known. */
	private Cast cast(MailModel model, Function<MailModel, String> html) {
		return Cast.of(model, FIRST_LINK + this.links.size(), html);
	}

	private String slot(String url) {
		int known = this.links.indexOf(url);
		if (known < 0) {
			this.links.add(url);
		}
		return SlottedText.slot(FIRST_LINK + ((known < 0) ? this.links.size() - 1 : known));
	}

	@Override
	public RenderedEmail fill(@Nullable String firstName, RecipientLinks recipient) {
		if (this.pixel != (recipient.openPixel() != null)) {
			throw new IllegalArgumentException("The message was prepared otherwise: open pixel " + this.pixel);
		}
		String name = FirstName.clean(firstName);
		String[] values = new String[FIRST_LINK + this.links.size()];
		values[NAME] = (name != null) ? name : "";
		values[UNSUBSCRIBE] = recipient.unsubscribe();
		values[PIXEL] = (recipient.openPixel() != null) ? recipient.openPixel() : "";
		for (int i = 0; i < this.links.size(); i++) {
			values[FIRST_LINK + i] = recipient.tracked().apply(this.links.get(i));
		}
		return ((name != null) ? this.named : this.nameless).fill(values);
	}

	/** Makes a message for a name and addresses. */
	@FunctionalInterface
	interface Model {

		MailModel of(FirstName name, RecipientLinks links);

	}

	/**
	 * The parts with their slots.
	 *
	 * @param subject one line
	 * @param html whole document
	 * @param text plain-text alternative, with more slots for blocks
	 * @param blocks of the text part that cannot be laid out before they are filled
	 * @param hash of all this
	 */
	private record Cast(SlottedText subject, SlottedText html, SlottedText text, List<Block> blocks, String hash) {

		static Cast of(MailModel model, int values, Function<MailModel, String> html) {
			List<Block> blocks = new ArrayList<>();
			String text = new PlainText((block) -> aside(block, PlainText::wrap, values, blocks),
					(block) -> aside(block, PlainText::heading, values, blocks))
				.of(model);
			SlottedText subject = SlottedText.of(model.subject());
			SlottedText document = SlottedText.of(html.apply(model));
			SlottedText plain = SlottedText.of(text);
			ContentDigest digest = new ContentDigest();
			List.of(subject, document, plain).forEach((part) -> part.digest(digest));
			blocks.forEach((block) -> block.source().digest(digest));
			return new Cast(subject, document, plain, List.copyOf(blocks), digest.hex());
		}

		private static String aside(String block, UnaryOperator<String> layout, int values, List<Block> blocks) {
			if (!SlottedText.isSlotted(block)) {
				return layout.apply(block);
			}
			blocks.add(new Block(SlottedText.of(block), layout));
			return SlottedText.slot(values + blocks.size() - 1);
		}

		RenderedEmail fill(String[] values) {
			String[] escaped = new String[values.length];
			for (int i = 0; i < values.length; i++) {
				escaped[i] = MailPage.escape(values[i]);
			}
			return new RenderedEmail(this.subject.fill(values), this.html.fill(escaped), text(values), hash(values));
		}

		/** The cast and what was put into it determine every byte of the message. */
		private String hash(String[] values) {
			ContentDigest digest = new ContentDigest();
			digest.part(this.hash);
			for (String value : values) {
				digest.part(value);
			}
			return digest.hex();
		}

		private String text(String[] values) {
			String[] all = Arrays.copyOf(values, values.length + this.blocks.size());
			for (int i = 0; i < this.blocks.size(); i++) {
				Block block = this.blocks.get(i);
				all[values.length + i] = block.layout().apply(block.source().fill(values));
			}
			return this.text.fill(all);
		}

	}

	private record Block(SlottedText source, UnaryOperator<String> layout) {

	}

}
