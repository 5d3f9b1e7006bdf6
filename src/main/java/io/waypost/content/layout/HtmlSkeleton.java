package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * Rendered HTML with placeholders for its texts and for other HTML. Texts are escaped and
 * not searched for placeholders.
 *
 * @param fixed pieces of markup, one more than there are placeholders
 * @param placeholders the placeholder that follows each piece
 */
record HtmlSkeleton(List<String> fixed, List<Placeholder> placeholders) {

	private static final String SPECIAL = "<>&\"'";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\uE000(N?)(\\d+)\\uE001");

	private static final Pattern LINE_BREAK = Pattern.compile("\\R");

	/** Adds a text to the list and returns its placeholder. */
	static String placeholder(List<String> texts, String text) {
		texts.add(text);
		return "\uE000" + (texts.size() - 1) + "\uE001";
	}

	/** Returns the placeholder of other HTML. */
	static String nested(int index) {
		return "\uE000N" + index + "\uE001";
	}

	static HtmlSkeleton of(String html) {
		List<String> fixed = new ArrayList<>();
		List<Placeholder> placeholders = new ArrayList<>();
		Matcher matcher = PLACEHOLDER.matcher(html);
		int end = 0;
		while (matcher.find()) {
			fixed.add(html.substring(end, matcher.start()));
			placeholders.add(new Placeholder(Integer.parseInt(matcher.group(2)), kind(html, matcher)));
			end = matcher.end();
		}
		fixed.add(html.substring(end));
		return new HtmlSkeleton(List.copyOf(fixed), List.copyOf(placeholders));
	}

	private static Kind kind(String html, Matcher matcher) {
		if (!matcher.group(1).isEmpty()) {
			return Kind.NESTED;
		}
		boolean insideTag = html.lastIndexOf('<', matcher.start()) > html.lastIndexOf('>', matcher.start());
		return insideTag ? Kind.ATTRIBUTE : Kind.TEXT;
	}

	static String escape(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
				return HtmlUtils.htmlEscape(text, "UTF-8");
			}
		}
		return text;
	}

	/** Outlook ignores {@code white-space}, so line breaks become elements. */
	private static String withBreaks(String escaped) {
		return (escaped.indexOf('\n') < 0 && escaped.indexOf('\r') < 0) ? escaped
				: LINE_BREAK.matcher(escaped).replaceAll("<br>");
	}

	/**
	 * Fills the placeholders.
	 * @param texts plain texts
	 * @param nested HTML
	 * @return the HTML
	 */
	String fill(List<String> texts, CharSequence... nested) {
		List<String> escaped = texts.stream().map(HtmlSkeleton::escape).toList();
		StringBuilder html = new StringBuilder(length(escaped, nested));
		for (int i = 0; i < this.placeholders.size(); i++) {
			Placeholder placeholder = this.placeholders.get(i);
			html.append(this.fixed.get(i)).append(switch (placeholder.kind()) {
				case TEXT -> withBreaks(escaped.get(placeholder.index()));
				case ATTRIBUTE -> escaped.get(placeholder.index());
				case NESTED -> nested[placeholder.index()];
			});
		}
		return html.append(this.fixed.getLast()).toString();
	}

	private int length(List<String> escaped, CharSequence[] nested) {
		int length = this.fixed.stream().mapToInt(String::length).sum();
		for (CharSequence html : nested) {
			length += html.length();
		}
		return length + 2 * escaped.stream().mapToInt(String::length).sum();
	}

	/** What replaces a placeholder. */
	private enum Kind {

		/** Text between two tags; line breaks become elements. */
		TEXT,

		/** Text in a tag. */
		ATTRIBUTE,

		/** HTML. */
		NESTED

	}

	private record Placeholder(int index, Kind kind) {

	}

}
