package io.waypost.audience.segment;

import java.util.List;
import java.util.function.Predicate;

import io.waypost.audience.language.Condition;
import io.waypost.audience.language.OccurrenceCount.CountBound;

/**
 * Compiles the selection of matching profiles to common table expressions, the last of
 * them named {@code matching}. Attributes and activities that must occur once are
 * evaluated first. Activities that are counted are then evaluated for the remaining
 * profiles only, because counting is the most expensive part.
 */
public final class MatchingProfilesSql {

	private MatchingProfilesSql() {
	}

	/**
	 * Compiles a condition.
	 * @param compiler a new compiler; its parameters must be bound to the statement
	 * @param condition the condition
	 * @return what follows {@code with}; {@code matching} has the column
	 * {@code profile_id}
	 */
	public static String matching(SegmentSqlCompiler compiler, Condition condition) {
		List<Condition> parts = compiler.conjuncts(condition);
		List<Condition> counted = parts.stream().filter(MatchingProfilesSql::isCounted).toList();
		List<Condition> cheap = parts.stream().filter(Predicate.not(MatchingProfilesSql::isCounted)).toList();
		if (cheap.isEmpty() || counted.isEmpty()) {
			return expression("matching", compiler, condition, "profile.tenant_id = :tenant");
		}
		String candidates = expression("candidate", compiler, Condition.all(cheap), "profile.tenant_id = :tenant");
		return candidates + ",\n"
				+ expression("matching", compiler.within("candidate"), Condition.all(counted), "true");
	}

	private static boolean isCounted(Condition condition) {
		return switch (condition) {
			case Condition.Not(Condition part) -> isCounted(part);
			case Condition.Performed performed -> performed.minAmount() != null
					|| performed.count().number() > ((performed.count().bound() == CountBound.AT_LEAST) ? 1 : 0);
			default -> false;
		};
	}

	/**
	 * The expression is materialized: otherwise an outer limit would make the planner
	 * expect an early end and choose nested loops.
	 */
	private static String expression(String name, SegmentSqlCompiler compiler, Condition condition, String scope) {
		String where = compiler.where(condition);
		return "%s as materialized (select profile.profile_id from %s\nwhere %s and %s)".formatted(name,
				compiler.from(), scope, where);
	}

}
