package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A rendered HTML document with placeholders for its texts. Texts are escaped and not
 * searched for placeholders.
 *
 * @param fixed pieces of markup, one more than there are placeholders
 * @param placeholders index of the text that follows each piece
 */
record HtmlSkeleton(List<String> fixed, List<Integer> placeholders) {

	private static final String SPECIAL = "<>&\"'";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\uE000(\\d+)\\uE001");

	/** Adds a text to the list and returns its placeholder. */
	static String placeholder(List<String> texts, String text) {
		texts.add(text);
		return "\uE000" + (texts.size() - 1) + "\uE001";
	}

	static HtmlSkeleton of(String html) {
		List<String> fixed = new ArrayList<>();
		List<Integer> placeholders = new ArrayList<>();
		Matcher matcher = PLACEHOLDER.matcher(html);
		int end = 0;
		while (matcher.find()) {
			fixed.add(html.substring(end, matcher.start()));
			placeholders.add(Integer.valueOf(matcher.group(1)));
			end = matcher.end();
		}
		fixed.add(html.substring(end));
		return new HtmlSkeleton(List.copyOf(fixed), List.copyOf(placeholders));
	}

	static String escape(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
				return HtmlUtils.htmlEscape(text, "UTF-8");
			}
		}
		return text;
	}

	String fill(List<String> texts) {
		List<String> escaped = texts.stream().map(HtmlSkeleton::escape).toList();
		StringBuilder html = new StringBuilder(this.fixed.stream().mapToInt(String::length).sum() + 4_000);
		for (int i = 0; i < this.placeholders.size(); i++) {
			html.append(this.fixed.get(i)).append(escaped.get(this.placeholders.get(i)));
		}
		return html.append(this.fixed.getLast()).toString();
	}

}
