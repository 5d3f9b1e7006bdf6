package io.waypost.agent.llm.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.agent.Route;

/** Reads from explanations why content does not pass, in words for a prompt. */
final class CopyFindings {

	/** Findings of these severities send content to a reviewer or to fallback content. */
	private static final Set<String> SEVERITIES = Set.of("warning", "severe", "blocking");

	/** A part of the score below this is worth telling. */
	private static final double LOW = 0.7;

	private CopyFindings() {
	}

	/** Returns the low parts of scores that do not let the message continue. */
	static List<String> scores(Message evaluated) {
		if (evaluated.route() == Route.CONTINUE) {
			return List.of();
		}
		List<String> findings = new ArrayList<>();
		for (Map<?, ?> part : entries(evaluated, "scores", "parts")) {
			if (part.get("value") instanceof Number value && value.doubleValue() < LOW) {
				findings.add("low " + part.get("name") + ": " + part.get("why"));
			}
		}
		return findings.isEmpty() ? List.of("the quality is too low") : findings;
	}

	/** Returns the findings of the guardrail. */
	static List<String> inspection(Message inspected) {
		List<String> findings = new ArrayList<>();
		for (Map<?, ?> finding : entries(inspected, "findings", "list")) {
			if (SEVERITIES.contains(String.valueOf(finding.get("severity")))) {
				findings.add(finding.get("code") + " in " + finding.get("where") + ": " + finding.get("detail"));
			}
		}
		return findings;
	}

	private static List<Map<?, ?>> entries(Message message, String section, String list) {
		List<Map<?, ?>> entries = new ArrayList<>();
		if (ExplanationSections.read(message, section).get(list) instanceof List<?> found) {
			for (Object entry : found) {
				if (entry instanceof Map<?, ?> map) {
					entries.add(map);
				}
			}
		}
		return entries;
	}

}
