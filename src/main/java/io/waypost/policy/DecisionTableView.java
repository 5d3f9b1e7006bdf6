package io.waypost.policy;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A deployed decision table, readable.
 *
 * @param key decision key
 * @param name as the analyst wrote it
 * @param description what it is for, empty when the analyst did not say
 * @param hitPolicy {@code FIRST}, {@code COLLECT} …
 * @param inputs labels of the input columns
 * @param outputs labels of the output columns
 * @param rules the rows, in order
 * @param versions all deployed versions, newest first; the first is the one shown
 */
public record DecisionTableView(String key, String name, String description, String hitPolicy, List<String> inputs,
		List<String> outputs, List<Rule> rules, List<Version> versions) {

	/**
	 * One row.
	 *
	 * @param id as verdicts and explanations name it
	 * @param description what the analyst noted, may be empty
	 * @param inputs FEEL unary tests, empty for any value
	 * @param outputs FEEL expressions, empty for no value
	 */
	public record Rule(String id, String description, List<String> inputs, List<String> outputs) {

	}

	/**
	 * One deployment.
	 *
	 * @param number grows with every deployment
	 * @param tag the analyst's own version, may be null
	 * @param deployedAt when
	 */
	public record Version(int number, @Nullable String tag, Instant deployedAt) {

	}

}
