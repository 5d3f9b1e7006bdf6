package io.waypost.content.liquid.tag;

import java.util.List;
import java.util.Set;

import io.waypost.content.liquid.expression.Interruption;
import io.waypost.content.liquid.node.CaptureNode;
import io.waypost.content.liquid.node.CounterNode;
import io.waypost.content.liquid.node.IfChangedNode;
import io.waypost.content.liquid.node.IgnoredNode;
import io.waypost.content.liquid.node.InterruptNode;
import io.waypost.content.liquid.node.LiquidNode;
import io.waypost.content.liquid.node.OutputNode;
import io.waypost.content.liquid.node.TextNode;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.kernel.Suggestions;

/** Parses the tags. */
final class TagParser {

	private static final Set<String> NAMES = Set.of("#", "assign", "break", "capture", "case", "comment", "continue",
			"cycle", "decrement", "doc", "echo", "for", "if", "ifchanged", "increment", "liquid", "raw", "tablerow",
			"unless");

	private static final Set<String> FILE_TAGS = Set.of("include", "include_relative", "render", "layout", "section");

	private TagParser() {
	}

	/**
	 * Parses a tag.
	 * @param tag the tag
	 * @param blocks parses its content
	 * @return the node
	 */
	static LiquidNode parse(TemplateToken tag, BlockParser blocks) {
		return switch (tag.name()) {
			case "assign" -> SimpleTags.assign(tag);
			case "capture" -> capture(tag, blocks);
			case "case" -> BranchTags.caseOf(tag, blocks);
			case "cycle" -> SimpleTags.cycle(tag);
			case "echo" -> new OutputNode(tag.parser().filtered(), tag.offset());
			case "for" -> LoopTags.forLoop(tag, blocks);
			case "if", "unless" -> BranchTags.conditional(tag, blocks);
			case "ifchanged" -> new IfChangedNode(blocks.block(tag, List.of("endifchanged")), tag.offset());
			case "tablerow" -> LoopTags.tableRow(tag, blocks);
			default -> withoutContent(tag, blocks);
		};
	}

	private static LiquidNode withoutContent(TemplateToken tag, BlockParser blocks) {
		return switch (tag.name()) {
			case "break" -> new InterruptNode(Interruption.BREAK);
			case "continue" -> new InterruptNode(Interruption.CONTINUE);
			case "increment" -> new CounterNode(SimpleTags.counter(tag), true, tag.offset());
			case "decrement" -> new CounterNode(SimpleTags.counter(tag), false, tag.offset());
			case "raw" -> raw(blocks.skip(tag));
			default -> comment(tag, blocks);
		};
	}

	private static LiquidNode comment(TemplateToken tag, BlockParser blocks) {
		switch (tag.name()) {
			case "#" -> SimpleTags.checkComment(tag);
			case "comment" -> blocks.skipComment(tag);
			case "doc" -> blocks.skip(tag);
			default -> throw unknown(tag);
		}
		return new IgnoredNode();
	}

	private static LiquidNode capture(TemplateToken tag, BlockParser blocks) {
		String name = SimpleTags.captured(tag);
		return new CaptureNode(name, blocks.block(tag, List.of("endcapture")), tag.offset());
	}

	private static LiquidNode raw(String text) {
		return new TextNode(text, text.isEmpty());
	}

	private static LiquidException unknown(TemplateToken tag) {
		String name = tag.name();
		if (FILE_TAGS.contains(name)) {
			return LiquidException.at(tag.offset(),
					"tag '%s' is not available: templates cannot include files; copy the text".formatted(name));
		}
		if (name.startsWith("end") || Set.of("else", "elsif", "when").contains(name)) {
			return LiquidException.at(tag.offset(),
					"tag '%s' belongs to no open tag here; close inner tags first, or remove it".formatted(name));
		}
		return LiquidException.at(tag.offset(),
				"unknown tag '%s'%s".formatted(name,
						Suggestions.closest(name, NAMES)
							.map("; did you mean '%s'?"::formatted)
							.orElse("; available are " + String.join(", ", NAMES.stream().sorted().toList()))));
	}

}
