package io.waypost.content.liquid.tag;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.liquid.expression.ExpressionParser;
import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.node.AssignNode;
import io.waypost.content.liquid.node.CycleNode;
import io.waypost.content.liquid.node.LiquidNode;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RubyWhitespace;

/** Parses the arguments of tags without branches. */
final class SimpleTags {

	private SimpleTags() {
	}

	static LiquidNode assign(TemplateToken tag) {
		String source = tag.source();
		int nameEnd = signatureEnd(source, tag.start(), tag.end());
		int equals = RubyWhitespace.start(source, nameEnd, tag.end());
		if (nameEnd == tag.start() || equals >= tag.end() || source.charAt(equals) != '=') {
			throw LiquidException.at(tag.start(), "assign needs a name and a value; write {% assign name = value %}");
		}
		LiquidExpression value = new ExpressionParser(source, equals + 1, tag.end()).filtered();
		return new AssignNode(source.substring(tag.start(), nameEnd), value, tag.offset());
	}

	/** Returns the name of a captured variable, which may be quoted. */
	static String captured(TemplateToken tag) {
		int start = tag.start();
		if (start < tag.end() && (tag.source().charAt(start) == '\'' || tag.source().charAt(start) == '"')) {
			start++;
		}
		int end = signatureEnd(tag.source(), start, tag.end());
		if (end == start) {
			throw LiquidException.at(tag.start(), "capture needs a name; write {% capture name %}");
		}
		return tag.source().substring(start, end);
	}

	static String counter(TemplateToken tag) {
		if (tag.isBlank()) {
			throw LiquidException.at(tag.start(),
					"%s needs a name; write {%% %s name %%}".formatted(tag.name(), tag.name()));
		}
		return tag.text().strip();
	}

	static LiquidNode cycle(TemplateToken tag) {
		ExpressionParser parser = tag.parser();
		List<String> texts = new ArrayList<>();
		LiquidExpression first = cycled(parser, texts);
		boolean named = parser.takeSymbol(":");
		List<LiquidExpression> values = new ArrayList<>();
		if (named) {
			texts.clear();
			values.add(cycled(parser, texts));
		}
		else {
			values.add(first);
		}
		while (parser.takeSymbol(",") && !parser.isAtEnd()) {
			values.add(cycled(parser, texts));
		}
		parser.end();
		return new CycleNode(named ? first : null, List.copyOf(values), String.join(",", texts), tag.offset());
	}

	private static LiquidExpression cycled(ExpressionParser parser, List<String> texts) {
		int start = parser.offset();
		LiquidExpression expression = parser.expression();
		texts.add(parser.text(start));
		return expression;
	}

	/** Requires that each line of an inline comment begins with a hash sign. */
	static void checkComment(TemplateToken tag) {
		int start = tag.source().indexOf('#', tag.offset()) + 1;
		for (int newline = tag.source().indexOf('\n', start); newline >= 0
				&& newline < tag.end(); newline = tag.source().indexOf('\n', newline + 1)) {
			int first = RubyWhitespace.start(tag.source(), newline, tag.end());
			if (first < tag.end() && tag.source().charAt(first) != '#') {
				throw LiquidException.at(first, "each line of an inline comment must begin with '#'; add it");
			}
		}
	}

	private static int signatureEnd(String source, int start, int end) {
		int index = start;
		while (index < end && isSignature(source.charAt(index))) {
			index++;
		}
		return index;
	}

	private static boolean isSignature(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || "_-.[]()".indexOf(character) >= 0;
	}

}
