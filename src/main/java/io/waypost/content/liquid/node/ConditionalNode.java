package io.waypost.content.liquid.node;

import java.util.List;

import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * The tags {@code if} and {@code unless}.
 *
 * @param branches branches in their order
 * @param offset offset in the source
 */
public record ConditionalNode(List<Branch> branches, int offset) implements LiquidNode {

	/**
	 * A branch.
	 *
	 * @param condition its condition; null for {@code else}
	 * @param expected the value of the condition that selects it, false for
	 * {@code unless}
	 * @param body its content
	 */
	public record Branch(@Nullable LiquidExpression condition, boolean expected, BlockNode body) {

		private boolean applies(RenderContext context) {
			return this.condition == null || Comparison.isTruthy(this.condition.evaluate(context)) == this.expected;
		}

	}

	/**
	 * Creates a node. Whitespace is dropped when no branch writes anything else.
	 * @param branches branches in their order
	 * @param offset offset in the source
	 * @return the node
	 */
	public static ConditionalNode of(List<Branch> branches, int offset) {
		boolean blank = branches.stream().allMatch((branch) -> branch.body().isBlank());
		return new ConditionalNode(branches.stream()
			.map((branch) -> blank ? new Branch(branch.condition(), branch.expected(), branch.body().withoutTexts())
					: branch)
			.toList(), offset);
	}

	@Override
	public void render(RenderContext context, BoundedText output) {
		for (Branch branch : this.branches) {
			if (branch.applies(context)) {
				branch.body().render(context, output);
				return;
			}
		}
	}

	@Override
	public void addTo(TemplateReferences references) {
		for (Branch branch : this.branches) {
			if (branch.condition() != null) {
				branch.condition().addTo(references);
			}
			branch.body().addTo(references);
		}
	}

	@Override
	public boolean isBlank() {
		return this.branches.stream().allMatch((branch) -> branch.body().isBlank());
	}

}
