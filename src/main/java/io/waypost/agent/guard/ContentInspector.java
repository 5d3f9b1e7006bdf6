package io.waypost.agent.guard;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.LegalElements;

/** Runs all checks. Deterministic: the same draft and facts give the same findings. */
public final class ContentInspector {

	private final List<ContentCheck> checks;

	private final Redactor redaction = new Redactor();

	/**
	 * Creates an inspector.
	 * @param legalElements returns the legal elements that the layouts show for a brand
	 * and a language
	 */
	public ContentInspector(BiFunction<BrandKit, Locale, LegalElements> legalElements) {
		this.checks = List.of(new PlaceholderCheck(), new PersonalDataCheck(), new ProductItemCheck(),
				new ProductNameCheck(), new AmountCheck(), new CountCheck(), new LinkCheck(), new DateCheck(),
				new ParaphraseCheck(), new ClaimSentenceCheck(), new BrandCheck(), new LegalCheck(legalElements),
				new TextCheck());
	}

	/**
	 * Inspects a draft.
	 * @param request the draft and the known facts
	 * @return the findings and the draft without personal data
	 */
	public InspectionResult inspect(InspectionRequest request) {
		if (TextCheck.isTooLong(request)) {
			return new InspectionResult(request.draft(), new TextCheck().inspect(request));
		}
		List<Finding> findings = this.checks.stream()
			.flatMap((check) -> check.inspect(request).stream())
			.sorted(Comparator.comparing(Finding::severity).reversed())
			.toList();
		boolean personal = findings.stream().anyMatch((finding) -> finding.kind().equals("pii"));
		EmailDraft draft = personal ? this.redaction.redact(request) : request.draft();
		return new InspectionResult(draft, findings);
	}

}
