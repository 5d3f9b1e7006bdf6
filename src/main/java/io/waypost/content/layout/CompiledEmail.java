package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import org.jspecify.annotations.Nullable;

/**
 * A message cast once, with slots for the name and the addresses, once for people with a
 * name and once for those without. Escaping goes character by character, so what is
 * escaped in pieces is escaped as a whole; only lines that hold the name are wrapped anew
 * for each person.
 */
public final class CompiledEmail implements PreparedEmail {

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
	public CompiledEmail(EmailModelFactory model, boolean pixel, LayoutMessages texts,
			Function<EmailModel, String> html) {
		this.pixel = pixel;
		RecipientLinks slots = new RecipientLinks(PlaceholderText.placeholder(UNSUBSCRIBE),
				pixel ? PlaceholderText.placeholder(PIXEL) : null, this::slot);
		this.named = cast(model.of(FirstNameTag.placeholder(PlaceholderText.placeholder(NAME), texts), slots), html);
		this.nameless = cast(model.of(new FirstNameTag(null, texts), slots), html);
	}

	/** Only now all links are known. */
	private Cast cast(EmailModel model, Function<EmailModel, String> html) {
		return Cast.of(model, FIRST_LINK + this.links.size(), html);
	}

	private String slot(String url) {
		int known = this.links.indexOf(url);
		if (known < 0) {
			this.links.add(url);
		}
		return PlaceholderText.placeholder(FIRST_LINK + ((known < 0) ? this.links.size() - 1 : known));
	}

	@Override
	public RenderedEmail fill(@Nullable String firstName, RecipientLinks recipient) {
		if (this.pixel != (recipient.openPixel() != null)) {
			throw new IllegalArgumentException("The message was prepared otherwise: open pixel " + this.pixel);
		}
		String name = FirstNameTag.clean(firstName);
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
	public interface EmailModelFactory {

		EmailModel of(FirstNameTag name, RecipientLinks links);

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
	private record Cast(PlaceholderText subject, PlaceholderText html, PlaceholderText text, List<Block> blocks,
			String hash) {

		static Cast of(EmailModel model, int values, Function<EmailModel, String> html) {
			List<Block> blocks = new ArrayList<>();
			String text = new PlainTextLayout((block) -> aside(block, PlainTextLayout::wrap, values, blocks),
					(block) -> aside(block, PlainTextLayout::heading, values, blocks))
				.of(model);
			PlaceholderText subject = PlaceholderText.of(model.subject());
			PlaceholderText document = PlaceholderText.of(html.apply(model));
			PlaceholderText plain = PlaceholderText.of(text);
			ContentDigest digest = new ContentDigest();
			List.of(subject, document, plain).forEach((part) -> part.digest(digest));
			blocks.forEach((block) -> block.source().digest(digest));
			return new Cast(subject, document, plain, List.copyOf(blocks), digest.hex());
		}

		private static String aside(String block, UnaryOperator<String> layout, int values, List<Block> blocks) {
			if (!PlaceholderText.hasPlaceholders(block)) {
				return layout.apply(block);
			}
			blocks.add(new Block(PlaceholderText.of(block), layout));
			return PlaceholderText.placeholder(values + blocks.size() - 1);
		}

		RenderedEmail fill(String[] values) {
			String[] escaped = new String[values.length];
			for (int i = 0; i < values.length; i++) {
				escaped[i] = HtmlSkeleton.escape(values[i]);
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

	private record Block(PlaceholderText source, UnaryOperator<String> layout) {

	}

}
