package io.waypost.content.liquid.tag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.expression.ExpressionParser;
import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.node.BlockNode;
import io.waypost.content.liquid.node.ForNode;
import io.waypost.content.liquid.node.LiquidNode;
import io.waypost.content.liquid.node.LoopHeader;
import io.waypost.content.liquid.node.TableRowNode;
import io.waypost.content.liquid.value.LiquidException;

/** Parses {@code for} and {@code tablerow}. */
final class LoopTags {

	private LoopTags() {
	}

	static LiquidNode forLoop(TemplateToken tag, BlockParser blocks) {
		LoopHeader header = header(tag, List.of("limit", "offset"));
		BlockNode body = blocks.block(tag, List.of("else", "endfor"));
		BlockNode otherwise = BlockNode.EMPTY;
		if (blocks.closing().name().equals("else")) {
			otherwise = blocks.block(tag, List.of("endfor"));
		}
		return ForNode.of(header, body, otherwise, tag.offset());
	}

	static LiquidNode tableRow(TemplateToken tag, BlockParser blocks) {
		LoopHeader header = header(tag, List.of("limit", "offset", "cols"));
		return new TableRowNode(header, blocks.block(tag, List.of("endtablerow")), tag.offset());
	}

	private static LoopHeader header(TemplateToken tag, List<String> options) {
		ExpressionParser parser = tag.parser();
		String variable = parser.name();
		if (!parser.takeName("in")) {
			throw LiquidException.at(parser.offset(),
					"the loop needs 'in' and a list; write {%% %s item in items %%}".formatted(tag.name()));
		}
		int start = parser.offset();
		LiquidExpression collection = parser.expression();
		String name = variable + "-" + parser.text(start);
		boolean reversed = parser.takeName("reversed");
		Map<String, LiquidExpression> values = new HashMap<>();
		boolean continues = false;
		while (hasOption(parser)) {
			String option = option(parser, options);
			continues |= option.equals("offset") && parser.takeName("continue");
			if (!option.equals("offset") || !continues) {
				values.put(option, parser.expression());
			}
		}
		parser.end();
		return new LoopHeader(variable, name, collection, values.get("limit"), values.get("offset"), continues,
				reversed, values.get("cols"));
	}

	private static boolean hasOption(ExpressionParser parser) {
		parser.takeSymbol(",");
		return !parser.isAtEnd();
	}

	private static String option(ExpressionParser parser, List<String> options) {
		int start = parser.offset();
		String option = parser.name();
		if (!options.contains(option)) {
			throw LiquidException.at(start,
					"unknown option '%s' of the loop; available are %s".formatted(option, String.join(", ", options)));
		}
		parser.symbol(":");
		return option;
	}

}
