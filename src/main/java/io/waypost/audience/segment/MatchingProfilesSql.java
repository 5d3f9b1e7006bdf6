package io.waypost.audience.segment;

import java.util.List;
import java.util.function.Predicate;

import io.waypost.audience.language.Condition;
import io.waypost.audience.language.OccurrenceCount.CountBound;

/**
 * Compiles whom a condition fits to parts of a statement, the last of them named
 * {@code hit}. Facts and deeds that count once come first: what people did several times
 * is then counted of those only who can still be meant, and counting is what costs most.
 */
public final class MatchingProfilesSql {

	private MatchingProfilesSql() {
	}

	/**
	 * Compiles.
	 * @param question fresh; its parameters are to be bound
	 * @param condition of whom
	 * @return what follows {@code with}; {@code hit} has the column {@code profile_id}
	 */
	public static String matching(SegmentSqlCompiler question, Condition condition) {
		List<Condition> parts = question.conjuncts(condition);
		List<Condition> counted = parts.stream().filter(MatchingProfilesSql::isCounted).toList();
		List<Condition> cheap = parts.stream().filter(Predicate.not(MatchingProfilesSql::isCounted)).toList();
		if (cheap.isEmpty() || counted.isEmpty()) {
			return part("hit", question, condition, "person.tenant_id = :tenant");
		}
		String first = part("first", question, Condition.all(cheap), "person.tenant_id = :tenant");
		return first + ",\n" + part("hit", question.within("first"), Condition.all(counted), "true");
	}

	private static boolean isCounted(Condition condition) {
		return switch (condition) {
			case Condition.Not(Condition part) -> isCounted(part);
			case Condition.Performed did ->
				did.worth() != null || did.count().number() > ((did.count().bound() == CountBound.AT_LEAST) ? 1 : 0);
			default -> false;
		};
	}

	/**
	 * Materialized, because a limit outside would make the planner look for the first few
	 * of very many by loops within loops.
	 */
	private static String part(String name, SegmentSqlCompiler question, Condition condition, String scope) {
		String where = question.where(condition);
		return "%s as materialized (select person.profile_id from %s\nwhere %s and %s)".formatted(name, question.from(),
				scope, where);
	}

}
