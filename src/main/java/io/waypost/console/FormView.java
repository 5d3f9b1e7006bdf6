package io.waypost.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A form as the user filled it in, with its errors.
 *
 * @param values text of each field
 * @param problems errors by field
 */
public record FormView(Map<String, String> values, Map<String, List<String>> problems) {

	/**
	 * Makes a form without errors.
	 * @param values text of each field
	 * @return the form
	 */
	public static FormView of(Map<String, String> values) {
		return new FormView(values, Map.of());
	}

	/**
	 * Makes a form with the errors of a refused request. The last part of each JSON
	 * pointer is the field's name.
	 * @param values text of each field
	 * @param refused why the request was refused, null when it was not sent yet
	 * @return the form
	 */
	public static FormView of(Map<String, String> values, @Nullable InvalidRequestException refused) {
		return of(values, refused, (pointer) -> pointer.substring(1));
	}

	/**
	 * Makes a form whose field names differ from the pointers.
	 * @param values text of each field
	 * @param refused why the request was refused, null when it was not sent yet
	 * @param field converts a JSON pointer to a field name
	 * @return the form
	 */
	public static FormView of(Map<String, String> values, @Nullable InvalidRequestException refused,
			UnaryOperator<String> field) {
		Map<String, List<String>> problems = new LinkedHashMap<>();
		if (refused != null) {
			for (Violation violation : RequestErrors.violations(refused)) {
				problems.computeIfAbsent(field.apply(violation.pointer()), (name) -> new ArrayList<>())
					.add(violation.detail());
			}
		}
		return new FormView(values, problems);
	}

}
