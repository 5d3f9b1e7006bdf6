package io.waypost.journey.engine.start;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/** Checks the variables with which a process is started. */
final class StartVariables {

	private static final String RUN = "runId";

	private static final Map<String, Kind> KINDS = Map.ofEntries(Map.entry("profileId", Kind.ID),
			Map.entry(RUN, Kind.ID), Map.entry("campaignId", Kind.ID), Map.entry("journey", Kind.TEXT),
			Map.entry("step", Kind.TEXT), Map.entry("template", Kind.TEXT), Map.entry("topic", Kind.TEXT),
			Map.entry("delay", Kind.DURATION), Map.entry("followUpDelay", Kind.DURATION),
			Map.entry("secondDelay", Kind.DURATION), Map.entry("thirdDelay", Kind.DURATION),
			Map.entry("chunk", Kind.NUMBER));

	/** Every process of a journey run can get these; not each of them reads all. */
	private static final Set<String> OF_RUNS = Set.of("profileId", RUN, "journey", "step", "template", "topic", "delay",
			"followUpDelay", "secondDelay", "thirdDelay");

	/** What a wait must be, for messages. */
	static final String WAIT = "an ISO 8601 duration from PT0S to P3650D such as PT1H";

	private static final Duration MAX_WAIT = Duration.ofDays(3650);

	private static final int MAX_SHOWN = 100;

	private StartVariables() {
	}

	/** Finds the names without a value; a variable that is null counts as missing. */
	static List<String> missing(Collection<String> required, Map<String, Object> variables) {
		return required.stream().filter((name) -> variables.get(name) == null).toList();
	}

	/**
	 * Finds the variables that the process does not have, and the values that do not fit
	 * their variable.
	 * @param required names that the start event lists, at least one
	 * @param variables the given variables
	 * @return one sentence per problem
	 */
	static List<String> problems(Collection<String> required, Map<String, Object> variables) {
		Set<String> known = new TreeSet<>(required);
		if (required.contains(RUN)) {
			known.addAll(OF_RUNS);
		}
		List<String> problems = new ArrayList<>();
		new TreeMap<>(variables).forEach((name, value) -> {
			if (!known.contains(name)) {
				problems.add(unknown(name, known));
			}
			else if (value != null && !fits(KINDS.get(name), value)) {
				problems.add("The variable %s must be %s, but it is %s".formatted(name, expected(KINDS.get(name)),
						shown(value)));
			}
		});
		return problems;
	}

	private static String unknown(String name, Set<String> known) {
		return "The process has no variable '%s'; ".formatted(name) + Suggestions.closest(name, known)
			.map("did you mean '%s'?"::formatted)
			.orElseGet(() -> "it has " + known.stream().collect(Collectors.joining(", ")));
	}

	/** Variables of other models have any type; a blank text is no value for them. */
	private static boolean fits(@Nullable Kind kind, Object value) {
		String text = (value instanceof String string) ? string : "";
		return switch (kind) {
			case null -> !(value instanceof String) || !text.isBlank();
			case TEXT -> !text.isBlank();
			case ID -> isUuid(text);
			case DURATION -> wait(text).isPresent();
			case NUMBER -> isPositive((value instanceof Integer || value instanceof Long) ? value.toString() : text);
		};
	}

	private static String expected(@Nullable Kind kind) {
		return switch (kind) {
			case null -> "a value";
			case TEXT -> "a text";
			case ID -> "a UUID";
			case DURATION -> WAIT;
			case NUMBER -> "a whole number from 1";
		};
	}

	private static boolean isUuid(String text) {
		try {
			return UUID.fromString(text).toString().equalsIgnoreCase(text);
		}
		catch (IllegalArgumentException notAnId) {
			return false;
		}
	}

	/** Whether a variable is the length of a wait. */
	static boolean isWait(@Nullable String variable) {
		return variable != null && KINDS.get(variable) == Kind.DURATION;
	}

	/** Parses the length of a wait; empty if it is none or too long. */
	static Optional<Duration> wait(@Nullable String text) {
		try {
			return Optional.ofNullable(text)
				.map(Duration::parse)
				.filter((wait) -> !wait.isNegative() && wait.compareTo(MAX_WAIT) <= 0);
		}
		catch (DateTimeException notADuration) {
			return Optional.empty();
		}
	}

	private static boolean isPositive(String text) {
		return text.matches("[1-9][0-9]{0,8}");
	}

	private static String shown(Object value) {
		String text = value.toString();
		return "'" + ((text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "…" : text) + "'";
	}

	private enum Kind {

		TEXT, ID, DURATION, NUMBER

	}

}
