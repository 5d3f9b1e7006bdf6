package io.waypost.content.liquid.tag;

import io.waypost.content.liquid.tag.TemplateToken.Type;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RubyWhitespace;
import org.jspecify.annotations.Nullable;

/** Splits the content of a {@code liquid} tag into tags, one a line. */
final class LineScanner implements TokenSource {

	private final String source;

	private final int end;

	private int position;

	LineScanner(TemplateToken liquid) {
		this.source = liquid.source();
		this.position = liquid.start();
		this.end = liquid.end();
	}

	@Override
	public @Nullable TemplateToken next() {
		while (this.position < this.end) {
			int newline = this.source.indexOf('\n', this.position);
			int lineEnd = (newline < 0 || newline > this.end) ? this.end : newline;
			int start = RubyWhitespace.start(this.source, this.position, lineEnd);
			this.position = lineEnd + 1;
			if (start < lineEnd) {
				return line(start, lineEnd);
			}
		}
		return null;
	}

	@Override
	public TemplateToken skipTo(TemplateToken tag) {
		throw LiquidException.at(tag.offset(),
				"the tag '%s' is not available inside of a liquid tag; close the liquid tag before"
					.formatted(tag.name()));
	}

	@Override
	public TemplateToken skipComment(TemplateToken tag) {
		int depth = 1;
		while (this.position < this.end) {
			int newline = this.source.indexOf('\n', this.position);
			int lineEnd = (newline < 0 || newline > this.end) ? this.end : newline;
			int start = RubyWhitespace.start(this.source, this.position, lineEnd);
			this.position = lineEnd + 1;
			String name = TagText.name(this.source, start, lineEnd);
			depth += name.equals("comment") ? 1 : name.equals("endcomment") ? -1 : 0;
			if (depth == 0) {
				return line(start, lineEnd);
			}
		}
		throw TagText.neverClosed(tag);
	}

	private TemplateToken line(int start, int lineEnd) {
		String name = TagText.name(this.source, start, lineEnd);
		if (name.isEmpty()) {
			throw LiquidException.at(start, "the line has no tag; begin each line of a liquid tag with a tag name");
		}
		int arguments = RubyWhitespace.start(this.source, start + name.length(), lineEnd);
		return new TemplateToken(Type.TAG, this.source, name, start, arguments, lineEnd, lineEnd, false, false);
	}

}
