package io.waypost.content.liquid.node;

import java.util.List;

import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code case}. A branch is rendered once for each of its values that is equal;
 * an {@code else} when no value before it is equal.
 *
 * @param value the value that is compared
 * @param branches branches in their order
 * @param offset offset in the source
 */
public record CaseNode(LiquidExpression value, List<Branch> branches, int offset) implements LiquidNode {

	/**
	 * A branch.
	 *
	 * @param values its values; null for {@code else}
	 * @param body its content
	 */
	public record Branch(@Nullable List<LiquidExpression> values, BlockNode body) {

	}

	/**
	 * Creates a node. Whitespace is dropped when no branch writes anything else.
	 * @param value the value that is compared
	 * @param branches branches in their order
	 * @param offset offset in the source
	 * @return the node
	 */
	public static CaseNode of(LiquidExpression value, List<Branch> branches, int offset) {
		boolean blank = branches.stream().allMatch((branch) -> branch.body().isBlank());
		return new CaseNode(value,
				branches.stream()
					.map((branch) -> blank ? new Branch(branch.values(), branch.body().withoutTexts()) : branch)
					.toList(),
				offset);
	}

	@Override
	public void render(RenderContext context, BoundedText output) {
		boolean found = false;
		for (Branch branch : this.branches) {
			if (branch.values() == null) {
				if (!found) {
					branch.body().render(context, output);
				}
			}
			else {
				found |= render(branch.values(), branch.body(), context, output);
			}
		}
	}

	private boolean render(List<LiquidExpression> values, BlockNode body, RenderContext context, BoundedText output) {
		boolean found = false;
		for (LiquidExpression candidate : values) {
			context.budget().step();
			if (Comparison.matches(this.value.evaluate(context), candidate.evaluate(context), context.budget())) {
				found = true;
				body.render(context, output);
			}
		}
		return found;
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.value.addTo(references);
		for (Branch branch : this.branches) {
			if (branch.values() != null) {
				branch.values().forEach((candidate) -> candidate.addTo(references));
			}
			branch.body().addTo(references);
		}
	}

	@Override
	public boolean isBlank() {
		return this.branches.stream().allMatch((branch) -> branch.body().isBlank());
	}

}
