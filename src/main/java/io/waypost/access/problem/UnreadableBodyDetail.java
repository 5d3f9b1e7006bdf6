package io.waypost.access.problem;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.waypost.access.InvalidRequestException.Violation;
import org.jspecify.annotations.Nullable;

import org.springframework.http.converter.HttpMessageNotReadableException;

/** Describes why a request body cannot be read, without naming Java types. */
final class UnreadableBodyDetail {

	private UnreadableBodyDetail() {
	}

	static String detail(HttpMessageNotReadableException failure) {
		if (failure.getCause() instanceof JsonMappingException mismatch) {
			Violation violation = violation(mismatch);
			return (violation.pointer().isEmpty() ? "The body" : violation.pointer() + ":") + " " + violation.detail();
		}
		if (failure.getCause() instanceof JsonProcessingException malformed) {
			JsonLocation place = malformed.getLocation();
			return "The body is not valid JSON (%s): %s".formatted((place != null)
					? "line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()) : "unknown place",
					malformed.getOriginalMessage());
		}
		return "The body is missing; send a JSON object with Content-Type application/json";
	}

	static Violation violation(JsonMappingException mismatch) {
		String pointer = mismatch.getPath().stream().map(UnreadableBodyDetail::step).collect(Collectors.joining());
		Class<?> expected = (mismatch instanceof MismatchedInputException input) ? input.getTargetType() : null;
		return new Violation(pointer, "must be " + form(expected));
	}

	/** Escapes the two characters that RFC 6901 reserves. */
	private static String step(Reference reference) {
		return "/" + ((reference.getFieldName() != null)
				? reference.getFieldName().replace("~", "~0").replace("/", "~1") : reference.getIndex());
	}

	private static String form(@Nullable Class<?> expected) {
		if (expected == null) {
			return "of another type; see /v3/api-docs";
		}
		if (expected == boolean.class || expected == Boolean.class) {
			return "true or false";
		}
		if (expected == Instant.class) {
			return "an ISO 8601 time between the years 1 and 9999, such as 2026-12-01T09:00:00Z";
		}
		if (expected.isPrimitive() || Number.class.isAssignableFrom(expected)) {
			return "a number";
		}
		if (CharSequence.class.isAssignableFrom(expected) || expected.isEnum()) {
			return "a string";
		}
		if (Collection.class.isAssignableFrom(expected) || expected.isArray()) {
			return "a JSON array";
		}
		return (Map.class.isAssignableFrom(expected) || expected.isRecord()) ? "a JSON object"
				: "of another type; see /v3/api-docs";
	}

}
