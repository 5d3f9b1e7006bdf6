package io.waypost.agent.guard;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
	 * Adds findings.
	 * @param more further findings
	 * @return a copy with all of them, most severe first
	 */
	public InspectionResult with(List<Finding> more) {
		return more.isEmpty() ? this
				: new InspectionResult(this.draft,
						Stream.concat(this.findings.stream(), more.stream())
							.sorted(Comparator.comparing(Finding::severity).reversed())
							.toList());
	}

	/**
	 * Returns the most severe finding.
	 * @return the finding, empty when there is none
	 */
	public Optional<Finding> worst() {
		return this.findings.stream().findFirst();
	}

}
