package io.waypost.content.liquid.node;

import java.util.List;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * Nodes one after the other.
 *
 * @param nodes the nodes
 * @param isBlank whether all of them are blank
 */
public record BlockNode(List<LiquidNode> nodes, boolean isBlank) implements LiquidNode {

	/** A block without nodes. */
	public static final BlockNode EMPTY = new BlockNode(List.of(), true);

	/**
	 * Creates a block.
	 * @param nodes its nodes
	 * @return the block
	 */
	public static BlockNode of(List<LiquidNode> nodes) {
		return new BlockNode(List.copyOf(nodes), nodes.stream().allMatch(LiquidNode::isBlank));
	}

	/** Returns the block without its texts, for blocks of blank nodes. */
	BlockNode withoutTexts() {
		return new BlockNode(this.nodes.stream().filter((node) -> !(node instanceof TextNode)).toList(), this.isBlank);
	}

	@Override
	public void render(RenderContext context, BoundedText output) {
		for (LiquidNode node : this.nodes) {
			context.budget().step();
			if (node.offset() >= 0) {
				context.at(node.offset());
			}
			node.render(context, output);
			if (context.isInterrupted()) {
				return;
			}
		}
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.nodes.forEach((node) -> node.addTo(references));
	}

}
