package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.content.fact.FirstName;
import io.waypost.kernel.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A message compiled once with placeholders for first name and URLs: one variant for
 * recipients with a first name, one for those without. Escaping works character by
 * character, so escaping the pieces gives the same result as escaping the whole. Only
 * text blocks that contain the name are wrapped again for each recipient.
 */
public final class CompiledEmail implements PreparedEmail {

	private static final int NAME = 0;

	private static final int UNSUBSCRIBE = 1;

	private static final int PIXEL = 2;

	private static final int FIRST_LINK = 3;

	private final List<String> links = new ArrayList<>();

	private final boolean pixel;

	private final Compiled withName;

	private final Compiled withoutName;

	/**
	 * Compiles a message.
	 * @param model creates the model for a name and URLs
	 * @param pixel whether the message carries the open pixel
	 * @param messages fixed texts in the language of the message
	 * @param html renders the HTML document
	 */
	public CompiledEmail(EmailModelFactory model, boolean pixel, LayoutMessages messages,
			Function<EmailModel, String> html) {
		this.pixel = pixel;
		RecipientLinks placeholders = new RecipientLinks(PlaceholderText.placeholder(UNSUBSCRIBE),
				pixel ? PlaceholderText.placeholder(PIXEL) : null, this::linkPlaceholder);
		FirstNameTag name = FirstNameTag.placeholder(PlaceholderText.placeholder(NAME), messages);
		this.withName = compile(model.of(name, placeholders), html);
		this.withoutName = compile(model.of(new FirstNameTag(null, messages), placeholders), html);
	}

	/** Creating the model has collected all links, so their number is final here. */
	private Compiled compile(EmailModel model, Function<EmailModel, String> html) {
		return Compiled.of(model, FIRST_LINK + this.links.size(), html);
	}

	private String linkPlaceholder(String url) {
		int known = this.links.indexOf(url);
		if (known < 0) {
			this.links.add(url);
		}
		return PlaceholderText.placeholder(FIRST_LINK + ((known < 0) ? this.links.size() - 1 : known));
	}

	@Override
	public RenderedEmail fill(@Nullable String firstName, RecipientLinks recipient) {
		if (this.pixel != (recipient.openPixel() != null)) {
			throw new IllegalArgumentException(
					"The message was prepared with open pixel " + this.pixel + "; the links to fill in must match");
		}
		String name = FirstName.of(firstName);
		String[] values = new String[FIRST_LINK + this.links.size()];
		values[NAME] = (name != null) ? name : "";
		values[UNSUBSCRIBE] = recipient.unsubscribe();
		values[PIXEL] = (recipient.openPixel() != null) ? recipient.openPixel() : "";
		for (int i = 0; i < this.links.size(); i++) {
			values[FIRST_LINK + i] = recipient.tracked().apply(this.links.get(i));
		}
		return ((name != null) ? this.withName : this.withoutName).fill(values);
	}

	/** Creates the model of a message for a name and URLs. */
	@FunctionalInterface
	public interface EmailModelFactory {

		EmailModel of(FirstNameTag name, RecipientLinks links);

	}

	/**
	 * The parts of the message with their placeholders.
	 *
	 * @param subject one line
	 * @param html HTML document
	 * @param text plain-text alternative, with additional placeholders for blocks
	 * @param blocks blocks of the plain text that are laid out after they are filled
	 * @param hash hash of all parts
	 */
	private record Compiled(PlaceholderText subject, PlaceholderText html, PlaceholderText text, List<Block> blocks,
			String hash) {

		static Compiled of(EmailModel model, int values, Function<EmailModel, String> html) {
			List<Block> blocks = new ArrayList<>();
			String text = new PlainTextLayout((block) -> defer(block, PlainTextLayout::wrap, values, blocks),
					(block) -> defer(block, PlainTextLayout::heading, values, blocks))
				.of(model);
			PlaceholderText subject = PlaceholderText.of(model.subject());
			PlaceholderText document = PlaceholderText.of(html.apply(model));
			PlaceholderText plain = PlaceholderText.of(text);
			List<PlaceholderText> parts = new ArrayList<>(List.of(subject, document, plain));
			blocks.forEach((block) -> parts.add(block.source()));
			return new Compiled(subject, document, plain, List.copyOf(blocks), Fingerprint.of(parts.toArray()).hex());
		}

		private static String defer(String block, UnaryOperator<String> layout, int values, List<Block> blocks) {
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

		/** The compiled message and its values determine every byte of the result. */
		private String hash(String[] values) {
			return Fingerprint.of(this.hash, Fingerprint.of((Object[]) values)).hex();
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
