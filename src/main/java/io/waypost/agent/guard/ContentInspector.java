package io.waypost.agent.guard;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.LegalElements;

/** Runs every check. Deterministic: the same words and facts give the same findings. */
public final class ContentInspector {

	private final List<ContentCheck> checks;

	private final Redactor redaction = new Redactor();

	/**
	 * Makes an inspector.
	 * @param legalParts tells what the layouts put under messages of a brand in a
	 * language
	 */
	public ContentInspector(BiFunction<BrandKit, Locale, LegalElements> legalParts) {
		this.checks = List.of(new PlaceholderCheck(), new PersonalDataCheck(), new ProductItemCheck(),
				new ProductNameCheck(), new AmountCheck(), new LinkCheck(), new DateCheck(), new ClaimCheck(),
				new BrandCheck(), new LegalCheck(legalParts), new TextCheck());
	}

	/**
	 * Inspects words.
	 * @param inspection words and facts
	 * @return findings, and the words without personal data
	 */
	public InspectionResult inspect(InspectionRequest inspection) {
		List<Finding> findings = this.checks.stream()
			.flatMap((check) -> check.inspect(inspection).stream())
			.sorted(Comparator.comparing(Finding::severity).reversed())
			.toList();
		boolean personal = findings.stream().anyMatch((finding) -> finding.kind().equals("pii"));
		EmailDraft draft = personal ? this.redaction.redact(inspection) : inspection.draft();
		return new InspectionResult(draft, findings);
	}

}
