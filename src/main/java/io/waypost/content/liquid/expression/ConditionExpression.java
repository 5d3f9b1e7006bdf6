package io.waypost.content.liquid.expression;

import java.util.List;

import io.waypost.content.liquid.value.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * Terms with {@code and} and {@code or} between them. Both operators have the same
 * precedence and are evaluated from the right: {@code a and b or c} is
 * {@code a and (b or c)}.
 *
 * @param terms at least one term
 */
record ConditionExpression(List<ConditionTerm> terms) implements LiquidExpression {

	/**
	 * A value or a comparison.
	 *
	 * @param left left value
	 * @param operator operator, null for a value alone
	 * @param right right value, null for a value alone
	 * @param conjunction whether {@code and} follows; otherwise {@code or} or nothing
	 * @param offset offset in the source
	 */
	record ConditionTerm(LiquidExpression left, @Nullable ConditionOperator operator, @Nullable LiquidExpression right,
			boolean conjunction, int offset) {

		boolean test(RenderContext context) {
			Object first = this.left.evaluate(context);
			if (this.operator == null || this.right == null) {
				return Comparison.isTruthy(first);
			}
			Object second = this.right.evaluate(context);
			context.at(this.offset);
			return this.operator.test(first, second, context.budget());
		}

		ConditionTerm withConjunction(boolean and) {
			return new ConditionTerm(this.left, this.operator, this.right, and, this.offset);
		}

	}

	@Override
	public Object evaluate(RenderContext context) {
		boolean result = false;
		for (ConditionTerm term : this.terms) {
			context.budget().step();
			result = term.test(context);
			if (result != term.conjunction()) {
				return result;
			}
		}
		return result;
	}

	@Override
	public void addTo(TemplateReferences references) {
		for (ConditionTerm term : this.terms) {
			term.left().addTo(references);
			if (term.right() != null) {
				term.right().addTo(references);
			}
		}
	}

}
