package io.waypost.agent.guard;

import java.util.List;
import java.util.Optional;

import io.waypost.content.EmailDraft;

/**
 * The outcome of an inspection.
 *
 * @param draft the words, without any personal data that was found in them
 * @param findings what was found, worst first
 */
public record InspectionResult(EmailDraft draft, List<Finding> findings) {

	public InspectionResult {
		findings = List.copyOf(findings);
	}

	/**
	 * The worst finding.
	 * @return it, or empty when all is well
	 */
	public Optional<Finding> worst() {
		return this.findings.stream().findFirst();
	}

}
