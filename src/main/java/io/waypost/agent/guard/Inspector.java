package io.waypost.agent.guard;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.Draft;
import io.waypost.content.LegalParts;

/** Runs every check. Deterministic: the same words and facts give the same findings. */
public final class Inspector {

	private final List<Check> checks;

	private final Redaction redaction = new Redaction();

	/**
	 * Makes an inspector.
	 * @param legalParts tells what the layouts put under messages of a brand in a
	 * language
	 */
	public Inspector(BiFunction<BrandKit, Locale, LegalParts> legalParts) {
		this.checks = List.of(new SlotCheck(), new PersonalDataCheck(), new ItemCheck(), new NameCheck(),
				new AmountCheck(), new LinkCheck(), new DateCheck(), new ClaimCheck(), new BrandCheck(),
				new LegalCheck(legalParts), new TextCheck());
	}

	/**
	 * Inspects words.
	 * @param inspection words and facts
	 * @return findings, and the words without personal data
	 */
	public Inspected inspect(Inspection inspection) {
		List<Finding> findings = this.checks.stream()
			.flatMap((check) -> check.inspect(inspection).stream())
			.sorted(Comparator.comparing(Finding::severity).reversed())
			.toList();
		boolean personal = findings.stream().anyMatch((finding) -> finding.kind().equals("pii"));
		Draft draft = personal ? this.redaction.of(inspection) : inspection.draft();
		return new Inspected(draft, findings);
	}

}
