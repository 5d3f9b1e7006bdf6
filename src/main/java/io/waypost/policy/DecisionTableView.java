package io.waypost.policy;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A deployed decision table in a form for display.
 *
 * @param key decision key
 * @param name name of the table
 * @param description purpose of the table, may be empty
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
	 * @param id id of the rule, as in results and explanations
	 * @param description note of the author, may be empty
	 * @param inputs FEEL unary tests, empty for any value
	 * @param outputs FEEL expressions, empty for no value
	 */
	public record Rule(String id, String description, List<String> inputs, List<String> outputs) {

	}

	/**
	 * One deployment.
	 *
	 * @param number increases with every deployment
	 * @param tag version tag of the author, may be null
	 * @param deployedAt time of the deployment
	 */
	public record Version(int number, @Nullable String tag, Instant deployedAt) {

	}

}
