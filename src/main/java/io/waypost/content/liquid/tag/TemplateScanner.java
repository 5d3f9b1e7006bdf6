package io.waypost.content.liquid.tag;

import io.waypost.content.liquid.tag.TemplateToken.Type;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RubyWhitespace;
import org.jspecify.annotations.Nullable;

/** Splits a template into texts, outputs and tags. */
final class TemplateScanner implements TokenSource {

	private final String source;

	private int position;

	TemplateScanner(String source) {
		this.source = source;
	}

	@Override
	public @Nullable TemplateToken next() {
		if (this.position >= this.source.length()) {
			return null;
		}
		if (this.source.startsWith("{{", this.position)) {
			return output();
		}
		return this.source.startsWith("{%", this.position) ? tag() : text();
	}

	@Override
	public TemplateToken skipTo(TemplateToken tag) {
		String closing = "end" + tag.name();
		for (int open = this.source.indexOf("{%", this.position); open >= 0; open = this.source.indexOf("{%",
				open + 2)) {
			String name = nameAt(open);
			if (name.equals(closing) && this.source.indexOf("%}", open) >= 0) {
				this.position = open;
				return tag();
			}
			if (name.equals(tag.name()) && name.equals("doc")) {
				throw LiquidException.at(open, "a doc tag cannot contain another doc tag; close the first one before");
			}
		}
		throw TagText.neverClosed(tag);
	}

	@Override
	public TemplateToken skipComment(TemplateToken tag) {
		int depth = 1;
		for (int open = opening(this.position); open >= 0; open = opening(this.position)) {
			String name = this.source.startsWith("{%", open) ? nameAt(open) : "";
			depth += name.equals("comment") ? 1 : name.equals("endcomment") ? -1 : 0;
			this.position = open;
			if (depth == 0) {
				return tag();
			}
			this.position = behind(open);
			if (name.equals("raw")) {
				this.position = open;
				skipTo(tag());
			}
		}
		throw TagText.neverClosed(tag);
	}

	/** Returns where the next output or tag opens, -1 when there is none. */
	private int opening(int from) {
		int open = this.source.indexOf('{', from);
		while (open >= 0 && !this.source.startsWith("{{", open) && !this.source.startsWith("{%", open)) {
			open = this.source.indexOf('{', open + 1);
		}
		return open;
	}

	/**
	 * Returns the offset behind an output or tag in a comment, which may be malformed.
	 */
	private int behind(int open) {
		boolean tag = this.source.startsWith("{%", open);
		int close = this.source.indexOf(tag ? "%}" : "}", open + 2);
		int nested = tag ? -1 : this.source.indexOf("{%", open + 2);
		if (nested >= 0 && (close < 0 || nested < close)) {
			close = this.source.indexOf("%}", nested);
		}
		return (close < 0) ? this.source.length() : close + 1;
	}

	private String nameAt(int open) {
		return TagText.name(this.source, TagText.nameStart(this.source, open), this.source.length());
	}

	private TemplateToken text() {
		int start = this.position;
		int end = start + 1;
		while (end < this.source.length() && !this.source.startsWith("{{", end) && !this.source.startsWith("{%", end)) {
			int next = this.source.indexOf('{', end + 1);
			end = (next < 0) ? this.source.length() : next;
		}
		this.position = end;
		return new TemplateToken(Type.TEXT, this.source, "", start, start, end, end, false, false);
	}

	/** An output ends at the first closing brace, as in Shopify Liquid. */
	private TemplateToken output() {
		int offset = this.position;
		int close = this.source.indexOf('}', offset + 2);
		boolean closed = close >= 0 && this.source.startsWith("}}", close)
				&& this.source.indexOf("{%", offset + 2, close) < 0;
		if (!closed) {
			throw LiquidException.at(offset,
					"the output '{{' has no closing '}}'; add it, and write '}' outside of it");
		}
		this.position = close + 2;
		boolean left = this.source.charAt(offset + 2) == '-';
		int start = offset + (left ? 3 : 2);
		boolean right = close > start && this.source.charAt(close - 1) == '-';
		int end = right ? close - 1 : close;
		return new TemplateToken(Type.OUTPUT, this.source, "", offset, Math.min(start, end), end, close + 2, left,
				right);
	}

	private TemplateToken tag() {
		int offset = this.position;
		int close = this.source.indexOf("%}", offset + 2);
		if (close < 0) {
			throw LiquidException.at(offset, "the tag '{%' has no closing '%}'; add it");
		}
		this.position = close + 2;
		boolean right = close > offset + 2 && this.source.charAt(close - 1) == '-';
		int end = right ? close - 1 : close;
		int nameStart = Math.min(end, TagText.nameStart(this.source, offset));
		String name = TagText.name(this.source, nameStart, end);
		if (name.isEmpty()) {
			throw LiquidException.at(offset, "the tag has no name; write for example {% if item %}");
		}
		int start = RubyWhitespace.start(this.source, nameStart + name.length(), end);
		boolean left = this.source.charAt(offset + 2) == '-';
		return new TemplateToken(Type.TAG, this.source, name, offset, start, end, close + 2, left, right);
	}

}
