package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A rendered page with marks where its texts go. Texts are escaped and never searched for
 * marks themselves.
 *
 * @param fixed pieces of markup, one more than there are marks
 * @param marks which text follows each piece
 */
record HtmlSkeleton(List<String> fixed, List<Integer> placeholders) {

	private static final String SPECIAL = "<>&\"'";

	private static final Pattern MARK = Pattern.compile("\\uE000(\\d+)\\uE001");

	/** Puts a text aside and gives the mark that stands for it. */
	static String placeholder(List<String> texts, String text) {
		texts.add(text);
		return "\uE000" + (texts.size() - 1) + "\uE001";
	}

	static HtmlSkeleton of(String html) {
		List<String> fixed = new ArrayList<>();
		List<Integer> marks = new ArrayList<>();
		Matcher matcher = MARK.matcher(html);
		int end = 0;
		while (matcher.find()) {
			fixed.add(html.substring(end, matcher.start()));
			marks.add(Integer.valueOf(matcher.group(1)));
			end = matcher.end();
		}
		fixed.add(html.substring(end));
		return new HtmlSkeleton(List.copyOf(fixed), List.copyOf(marks));
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
