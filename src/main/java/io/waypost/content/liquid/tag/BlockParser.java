package io.waypost.content.liquid.tag;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.liquid.node.BlockNode;
import io.waypost.content.liquid.node.LiquidNode;
import io.waypost.content.liquid.node.OutputNode;
import io.waypost.content.liquid.node.TextNode;
import io.waypost.content.liquid.tag.TemplateToken.Type;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RubyWhitespace;
import org.jspecify.annotations.Nullable;

/** Parses blocks of a template or of a {@code liquid} tag. */
final class BlockParser {

	private static final int MAX_DEPTH = 100;

	private final TokenSource tokens;

	private int depth;

	private boolean trimsNextText;

	private @Nullable TemplateToken closing;

	BlockParser(TokenSource tokens, int depth) {
		this.tokens = tokens;
		this.depth = depth;
	}

	/** Parses up to the end. */
	BlockNode document() {
		return block(null, List.of());
	}

	/**
	 * Parses up to a tag that ends the block.
	 * @param opening the tag that opened the block
	 * @param ends names of the tags that end it
	 * @return the block; {@link #closing()} returns the tag that ended it
	 */
	BlockNode block(@Nullable TemplateToken opening, List<String> ends) {
		enter(opening);
		List<LiquidNode> nodes = new ArrayList<>();
		for (TemplateToken token = this.tokens.next(); token != null; token = this.tokens.next()) {
			if (token.type() == Type.TEXT) {
				text(token, nodes);
				continue;
			}
			trim(token, nodes);
			if (token.type() == Type.TAG && ends.contains(token.name())) {
				this.closing = token;
				this.depth--;
				return BlockNode.of(nodes);
			}
			add(token, nodes);
		}
		if (opening != null) {
			throw TagText.neverClosed(opening);
		}
		return BlockNode.of(nodes);
	}

	/** Returns the tag that ended the last block. */
	TemplateToken closing() {
		if (this.closing == null) {
			throw new IllegalStateException("no block was parsed");
		}
		return this.closing;
	}

	/** Skips a comment. */
	void skipComment(TemplateToken tag) {
		this.trimsNextText = this.tokens.skipComment(tag).trimsRight();
	}

	/**
	 * Skips a tag whose content is not parsed.
	 * @param tag the opening tag
	 * @return the content
	 */
	String skip(TemplateToken tag) {
		if (!tag.isBlank()) {
			throw LiquidException.at(tag.start(),
					"the tag '%s' takes no arguments; write {%% %s %%}".formatted(tag.name(), tag.name()));
		}
		TemplateToken end = this.tokens.skipTo(tag);
		this.trimsNextText = end.trimsRight();
		return tag.source().substring(tag.next(), end.offset());
	}

	private void enter(@Nullable TemplateToken opening) {
		if (++this.depth > MAX_DEPTH) {
			throw LiquidException.at((opening != null) ? opening.offset() : 0,
					"tags are nested deeper than %d levels; use fewer levels".formatted(MAX_DEPTH));
		}
	}

	private void add(TemplateToken token, List<LiquidNode> nodes) {
		if (token.type() == Type.OUTPUT) {
			nodes.add(new OutputNode(token.parser().filtered(), token.offset()));
		}
		else if (token.name().equals("liquid")) {
			nodes.addAll(new BlockParser(new LineScanner(token), this.depth).document().nodes());
		}
		else {
			nodes.add(TagParser.parse(token, this));
		}
	}

	private void text(TemplateToken token, List<LiquidNode> nodes) {
		int start = this.trimsNextText ? RubyWhitespace.start(token.source(), token.start(), token.end())
				: token.start();
		this.trimsNextText = false;
		add(token.source().substring(start, token.end()), nodes);
	}

	private void trim(TemplateToken token, List<LiquidNode> nodes) {
		if (token.trimsLeft() && !nodes.isEmpty() && nodes.getLast() instanceof TextNode previous) {
			nodes.removeLast();
			add(previous.text().substring(0, RubyWhitespace.end(previous.text(), 0, previous.text().length())), nodes);
		}
		this.trimsNextText = token.trimsRight();
	}

	private static void add(String text, List<LiquidNode> nodes) {
		if (!text.isEmpty()) {
			nodes.add(new TextNode(text, RubyWhitespace.isBlank(text)));
		}
	}

}
