package io.waypost.content.liquid.expression;

import java.util.Map;
import java.util.function.IntPredicate;

import io.waypost.content.liquid.value.Comparison;
import io.waypost.content.liquid.value.RenderBudget;
import org.jspecify.annotations.Nullable;

/** Operators of conditions. */
enum ConditionOperator {

	EQUAL {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return Comparison.matches(left, right, budget);
		}
	},
	NOT_EQUAL {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return !Comparison.matches(left, right, budget);
		}
	},
	LESS {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return ordered(left, right, (order) -> order < 0, budget);
		}
	},
	GREATER {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return ordered(left, right, (order) -> order > 0, budget);
		}
	},
	AT_MOST {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return ordered(left, right, (order) -> order <= 0, budget);
		}
	},
	AT_LEAST {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return ordered(left, right, (order) -> order >= 0, budget);
		}
	},
	CONTAINS {
		@Override
		boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
			return Comparison.contains(left, right, budget);
		}
	};

	/** The operators by their notation. */
	static final Map<String, ConditionOperator> BY_NOTATION = Map.of("==", EQUAL, "!=", NOT_EQUAL, "<>", NOT_EQUAL, "<",
			LESS, ">", GREATER, "<=", AT_MOST, ">=", AT_LEAST, "contains", CONTAINS);

	abstract boolean test(@Nullable Object left, @Nullable Object right, RenderBudget budget);

	private static boolean ordered(@Nullable Object left, @Nullable Object right, IntPredicate wanted,
			RenderBudget budget) {
		Integer order = Comparison.order(left, right, budget);
		return order != null && wanted.test(order);
	}

}
