package io.waypost.agent.guard;

import java.util.List;
import java.util.Optional;

import io.waypost.content.EmailDraft;

/**
 * The result of an inspection.
 *
 * @param draft the draft without the personal data that was found
 * @param findings the findings, most severe first
 */
public record InspectionResult(EmailDraft draft, List<Finding> findings) {

	public InspectionResult {
		findings = List.copyOf(findings);
	}

	/**
	 * Returns the most severe finding.
	 * @return the finding, empty when there is none
	 */
	public Optional<Finding> worst() {
		return this.findings.stream().findFirst();
	}

}
