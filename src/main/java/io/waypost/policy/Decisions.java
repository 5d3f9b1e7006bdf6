package io.waypost.policy;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Decision tables by key. Answers are memoised by table version and input tuple. */
@Component
public class Decisions {

	/**
	 * Evaluates the newest deployed version of a table.
	 * @param table decision key, for example {@code consent}
	 * @param inputs input variable name to value: strings, numbers, booleans, null
	 * @return what the table said
	 * @throws IllegalArgumentException when no such table is deployed
	 */
	public Verdict evaluate(String table, Map<String, @Nullable Object> inputs) {
		throw new UnsupportedOperationException();
	}

}
