package io.waypost.agent.guard;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.LegalElements;
import io.waypost.identity.TextRuns;

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
		List<Finding> unreadable = DraftText.of(request.draft())
			.stream()
			.filter((part) -> !TextRuns.isReadable(part.text()))
			.map((part) -> new Finding("brand", "text_unreadable", Severity.BLOCKING, part.where(),
					"has a long run without spaces or without letters, which cannot be inspected"))
			.toList();
		return unreadable.isEmpty() ? checked(request) : new InspectionResult(
				request.draft().map((text) -> TextRuns.isReadable(text) ? text : Redactor.REMOVED), unreadable);
	}

	/**
	 * Whether patterns can be applied to the texts of a draft.
	 * @param draft the draft
	 * @return false if {@link #inspect} refuses it without checks
	 */
	public static boolean isReadable(EmailDraft draft) {
		return DraftText.of(draft).stream().allMatch((part) -> TextRuns.isReadable(part.text()));
	}

	private InspectionResult checked(InspectionRequest request) {
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
