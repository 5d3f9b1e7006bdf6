package io.waypost.content.liquid.tag;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.node.BlockNode;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidException;

/** A parsed template. It is immutable and may be rendered by several threads. */
public final class CompiledTemplate {

	private final BlockNode root;

	private CompiledTemplate(BlockNode root) {
		this.root = root;
	}

	/**
	 * Parses a template.
	 * @param source Liquid
	 * @return the template
	 * @throws LiquidException with the offset of what is wrong
	 */
	public static CompiledTemplate parse(String source) {
		return new CompiledTemplate(new BlockParser(new TemplateScanner(source), 0).document());
	}

	/**
	 * Renders the template.
	 * @param context a new context
	 * @return the text
	 * @throws LiquidException with the offset of what failed or exceeded a limit
	 */
	public String render(RenderContext context) {
		BoundedText output = BoundedText.output(context.budget());
		try {
			this.root.render(context, output);
		}
		catch (LiquidException ex) {
			throw ex.located(context.offset());
		}
		return output.toString();
	}

	/** Returns the names that the template reads and assigns. */
	public TemplateReferences references() {
		TemplateReferences references = new TemplateReferences();
		this.root.addTo(references);
		return references;
	}

}
