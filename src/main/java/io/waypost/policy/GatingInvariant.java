package io.waypost.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What must hold for every input of a table that decides whether messages may be sent.
 *
 * @param inputs the inputs that the invariant needs, with values that are always tried
 * @param output the output that it restricts
 * @param when the inputs for which it holds
 * @param allowed the answers that are allowed then
 * @param reason the invariant in words
 */
record GatingInvariant(Map<String, List<Object>> inputs, String output, Predicate<Map<String, @Nullable Object>> when,
		Set<String> allowed, String reason) {

	private static final List<Object> TRUTH = List.of(true, false);

	private static final List<Object> SUPPRESSIONS = List.of("none", "hard_bounce", "complaint", "unsubscribe",
			"manual", "invalid", "erased");

	private static final List<Object> CONSENTS = List.of("none", "GRANTED", "DENIED", "REVOKED");

	private static final List<Object> SEVERITIES = List.of("none", "info", "warning", "severe", "blocking");

	private static final Map<String, List<GatingInvariant>> BY_TABLE = Map.of("consent",
			List.of(always(Map.of(), "permission", "GRANTED", "WITHHELD"),
					new GatingInvariant(Map.of("consent", CONSENTS), "permission",
							(input) -> !"GRANTED".equals(input.get("consent")), Set.of("WITHHELD"),
							"without consent, or with consent denied or revoked, permission is never granted"),
					new GatingInvariant(Map.of("suppression", SUPPRESSIONS), "permission",
							(input) -> !"none".equals(input.get("suppression")), Set.of("WITHHELD"),
							"to a suppressed or erased recipient permission is never granted"),
					new GatingInvariant(Map.of("hasAddress", TRUTH), "permission",
							(input) -> !Boolean.TRUE.equals(input.get("hasAddress")), Set.of("WITHHELD"),
							"without an address permission is never granted")),
			"review-required",
			List.of(always(Map.of(), "route", "CONTINUE", "REVIEW", "FALLBACK", "STOP"),
					new GatingInvariant(
							Map.of("worstFinding", SEVERITIES), "route",
							(input) -> "blocking".equals(input.get("worstFinding")), Set.of("FALLBACK", "STOP"),
							"a blocking finding never continues"),
					new GatingInvariant(Map.of("worstFinding", SEVERITIES), "route",
							(input) -> !Set.of("none", "info", "warning")
								.contains(String.valueOf(input.get("worstFinding"))),
							Set.of("REVIEW", "FALLBACK", "STOP"), "a severe or unknown finding never continues")),
			"fallback", List
				.of(always(Map.of(), "route", "CONTINUE", "REGENERATE", "REVIEW", "FALLBACK", "STOP"),
						new GatingInvariant(
								Map.of("step", List.of("guardrail",
										"review"), "outcome", List.of("ok", "failed", "unavailable", "expired")),
								"route",
								(input) -> Set.of("guardrail", "review").contains(String.valueOf(input.get("step")))
										&& !"ok".equals(input.get("outcome")),
								Set.of("REGENERATE", "FALLBACK", "STOP"),
								"content that was not inspected, or whose review expired, never continues")),
			"approval-required",
			List.of(always(Map.of(), "route", "CONTINUE", "REVIEW", "STOP"),
					new GatingInvariant(Map.of("templateApproved", TRUTH), "route",
							(input) -> !Boolean.TRUE.equals(input.get("templateApproved")), Set.of("REVIEW", "STOP"),
							"a template that is not approved never continues")),
			"throttling", List.of(always(Map.of(), "decision", "SEND", "DEFER", "STOP")));

	/** The invariants of a table; empty for tables that do not gate. */
	static List<GatingInvariant> of(String table) {
		return BY_TABLE.getOrDefault(table, List.of());
	}

	private static GatingInvariant always(Map<String, List<Object>> inputs, String output, String... allowed) {
		return new GatingInvariant(inputs, output, (input) -> true, Set.of(allowed),
				"the answer is one of " + String.join(", ", allowed));
	}

}
