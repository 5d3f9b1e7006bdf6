package io.waypost.agent.guard;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.ProductNames;
import io.waypost.content.Template;
import io.waypost.content.TemplateCheck;
import io.waypost.content.TemplateCopy;
import io.waypost.content.TemplateFinding;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shows a template to the guardrail's checks before anybody gets it: every text with all
 * its branches at once and the slots filled with a letter, so that what stands between
 * them is seen whatever a recipient's facts are. Facts are not looked at: there are none
 * yet.
 */
@Component
class TemplateInspection implements TemplateCheck {

	private static final Set<String> KINDS = Set.of("brand", "legal", "link", "pii", "slot");

	private static final Pattern TAG = Pattern.compile("\\{%.*?%}", Pattern.DOTALL);

	private static final Pattern FIRST_NAME = Pattern.compile("\\{\\{-?\\s*first_name\\s*-?}}");

	private static final Pattern SLOT = Pattern.compile("\\{\\{(?! first_name }}).*?}}", Pattern.DOTALL);

	/** A host or path made of a slot reads like one, a sentence like a sentence. */
	private static final String FILLED = "x";

	private final ContentInspector inspector;

	private final Clock clock;

	TemplateInspection(ContentInspector inspector, Clock clock) {
		this.inspector = inspector;
		this.clock = clock;
	}

	@Override
	public List<TemplateFinding> check(Template template, BrandKit brand) {
		EmailDraft draft = draft(template, brand);
		InspectionRequest inspection = new InspectionRequest(draft, brand, Map.of(), Map.of(),
				new ProductNames(List.of()), List.of(), draft.toString(), Map.of(), LocalDate.now(this.clock));
		return this.inspector.inspect(inspection)
			.findings()
			.stream()
			.filter((finding) -> KINDS.contains(finding.kind()))
			.map(TemplateInspection::finding)
			.distinct()
			.toList();
	}

	private static EmailDraft draft(Template template, BrandKit brand) {
		List<String> paragraphs = TemplateCopy.paragraphs(bare(template.body()));
		return new EmailDraft(template.locale(), bare(template.subject()), bare(template.preheader()),
				bare(template.headline()), paragraphs.isEmpty() ? List.of(FILLED) : paragraphs, List.of(),
				new EmailDraft.CallToAction(bare(template.callToAction()), brand.siteUrl()), null);
	}

	/** What the author leaves to the writer has no fault yet. */
	private static String bare(@Nullable String text) {
		String words = Objects.requireNonNullElse(text, FILLED);
		String known = FIRST_NAME.matcher(TAG.matcher(words).replaceAll(" ")).replaceAll("{{ first_name }}");
		return SLOT.matcher(known).replaceAll(FILLED).strip();
	}

	private static TemplateFinding finding(Finding finding) {
		return new TemplateFinding(finding.kind(), finding.code(), finding.severity().name().toLowerCase(Locale.ROOT),
				where(finding.where()), finding.detail());
	}

	private static String where(String part) {
		if (part.startsWith("paragraphs")) {
			return "body";
		}
		return part.startsWith("callToAction") ? "callToAction" : part;
	}

}
