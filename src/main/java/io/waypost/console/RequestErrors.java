package io.waypost.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;

/** Reads the errors of a refused request, to show them beside the fields. */
public final class RequestErrors {

	private RequestErrors() {
	}

	public static List<Violation> violations(InvalidRequestException refused) {
		Map<String, Object> properties = Objects.requireNonNullElse(refused.getBody().getProperties(), Map.of());
		return (properties.get("errors") instanceof List<?> errors)
				? errors.stream().filter(Violation.class::isInstance).map(Violation.class::cast).toList() : List.of();
	}

}
