package io.waypost.content.liquid.tag;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.liquid.expression.ExpressionParser;
import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.node.BlockNode;
import io.waypost.content.liquid.node.CaseNode;
import io.waypost.content.liquid.node.ConditionalNode;
import io.waypost.content.liquid.node.LiquidNode;
import io.waypost.content.liquid.value.LiquidException;
import org.jspecify.annotations.Nullable;

/** Parses {@code if}, {@code unless} and {@code case}. */
final class BranchTags {

	private BranchTags() {
	}

	static LiquidNode conditional(TemplateToken tag, BlockParser blocks) {
		List<String> ends = List.of("elsif", "else", "end" + tag.name());
		List<ConditionalNode.Branch> branches = new ArrayList<>();
		LiquidExpression condition = tag.parser().condition();
		boolean expected = tag.name().equals("if");
		while (true) {
			BlockNode body = blocks.block(tag, ends);
			branches.add(new ConditionalNode.Branch(condition, expected, body));
			TemplateToken end = blocks.closing();
			if (end.name().equals(ends.getLast())) {
				return ConditionalNode.of(branches, tag.offset());
			}
			condition = end.name().equals("elsif") ? end.parser().condition() : null;
			expected = true;
		}
	}

	static LiquidNode caseOf(TemplateToken tag, BlockParser blocks) {
		List<String> ends = List.of("when", "else", "endcase");
		LiquidExpression value = tag.parser().expression();
		List<CaseNode.Branch> branches = new ArrayList<>();
		blocks.block(tag, ends);
		TemplateToken end = blocks.closing();
		while (!end.name().equals("endcase")) {
			List<LiquidExpression> values = values(end);
			branches.add(new CaseNode.Branch(values, blocks.block(tag, ends)));
			end = blocks.closing();
		}
		return CaseNode.of(value, branches, tag.offset());
	}

	/**
	 * Returns the values of a branch, null for {@code else}. What follows the last value
	 * is ignored, as in Shopify Liquid.
	 */
	private static @Nullable List<LiquidExpression> values(TemplateToken tag) {
		if (tag.name().equals("else")) {
			if (!tag.isBlank()) {
				throw LiquidException.at(tag.start(), "else takes no condition; write {% when value %} before it");
			}
			return null;
		}
		ExpressionParser parser = tag.parser();
		List<LiquidExpression> values = new ArrayList<>();
		values.add(parser.expression());
		while ((parser.takeSymbol(",") || parser.takeName("or")) && !parser.isAtEnd()) {
			values.add(parser.expression());
		}
		return List.copyOf(values);
	}

}
