package io.waypost.journey.engine.web;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Process variables that callers cannot set, because steps read them. Some name what a
 * run is about; they are set at its start and cannot be changed later.
 */
final class ReservedVariables {

	private static final Set<String> OF_STEPS = Set.of("tenantId", "sendId", "sendStatus", "route", "batch", "attempt",
			"deferrals", "deferUntil", "reviewDecision", "reviewDue", "reviewExpiry", "contentId", "flagged",
			"testUntil", "copyUntil");

	private static final Set<String> ALL = Stream
		.concat(OF_STEPS.stream(),
				Stream.of("runId", "profileId", "campaignId", "chunk", "journey", "step", "template", "topic", "delay",
						"followUpDelay", "secondDelay", "thirdDelay", "reason", "scheduled", "startAt", "withTest"))
		.collect(Collectors.toUnmodifiableSet());

	/** The fields of a body that contain variables. */
	private static final Set<String> FIELDS = Set.of("variables", "localVariables", "processVariables",
			"processVariablesLocal", "processVariablesToTriggeredScope", "modifications");

	private static final Pattern START = Pattern.compile(".*/process-definition/.+/(start|submit-form)/?");

	/** Its variables are the inputs of a table. */
	private static final Pattern EVALUATION = Pattern.compile(".*/decision-definition/.+/evaluate/?");

	private ReservedVariables() {
	}

	/** Finds a reserved variable in the body of a request. */
	static Optional<String> problem(String path, JsonNode body) {
		if (EVALUATION.matcher(path).matches()) {
			return Optional.empty();
		}
		Set<String> reserved = START.matcher(path).matches() ? OF_STEPS : ALL;
		return FIELDS.stream()
			.flatMap((field) -> names(body.path(field)))
			.filter((name) -> reserved.contains(name.strip()))
			.sorted()
			.findFirst()
			.map("The variable '%s' is set by Waypost only; remove it"::formatted);
	}

	private static Stream<String> names(JsonNode variables) {
		Iterator<String> names = variables.fieldNames();
		Stream.Builder<String> found = Stream.builder();
		names.forEachRemaining(found);
		return found.build();
	}

}
