package io.waypost.policy;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The result of a decision table.
 *
 * @param table decision key
 * @param version deployed version that was evaluated
 * @param versionTag version tag of the author, may be null
 * @param rulesHit ids of the rules that matched, in table order
 * @param outcomes one map of output name to value for each rule hit
 */
public record DecisionResult(String table, int version, @Nullable String versionTag, List<String> rulesHit,
		List<Map<String, Object>> outcomes) {

	/**
	 * Returns the only outcome of a table with hit policy UNIQUE or FIRST.
	 * @return output name to value
	 * @throws IllegalStateException when no rule matched
	 */
	public Map<String, Object> single() {
		if (this.outcomes.isEmpty()) {
			throw new IllegalStateException(
					"Decision table '%s' version %d has no rule for these inputs; add a default row"
						.formatted(this.table, this.version));
		}
		return this.outcomes.getFirst();
	}

	/**
	 * Returns a text output of {@link #single()}.
	 * @param output its name
	 * @return its value
	 * @throws IllegalStateException when the table has no such output
	 */
	public String text(String output) {
		Object value = single().get(output);
		if (value == null) {
			throw new IllegalStateException("Decision table '%s' version %d has no output '%s' in rule %s"
				.formatted(this.table, this.version, output, this.rulesHit));
		}
		return value.toString();
	}

}
