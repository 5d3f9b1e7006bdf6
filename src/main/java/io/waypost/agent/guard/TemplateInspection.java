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
 * Runs the guardrail's checks on a template version: all branches of each text at once,
 * each merge tag replaced by a letter, so that every fixed text is checked whatever the
 * recipient's data are. Findings about facts are omitted, because there are none yet.
 */
@Component
class TemplateInspection implements TemplateCheck {

	private static final Set<String> KINDS = Set.of("brand", "legal", "link", "pii", "slot");

	private static final Pattern LIQUID_TAG = Pattern.compile("\\{%.*?%}", Pattern.DOTALL);

	private static final Pattern FIRST_NAME = Pattern.compile("\\{\\{-?\\s*first_name\\s*-?}}");

	private static final Pattern MERGE_TAG = Pattern.compile("\\{\\{(?! first_name }}).*?}}", Pattern.DOTALL);

	/** A letter keeps URLs valid and sentences readable. */
	private static final String REPLACEMENT = "x";

	private final ContentInspector inspector;

	private final Clock clock;

	TemplateInspection(ContentInspector inspector, Clock clock) {
		this.inspector = inspector;
		this.clock = clock;
	}

	@Override
	public List<TemplateFinding> check(Template template, BrandKit brand) {
		EmailDraft draft = draft(template, brand);
		InspectionRequest request = new InspectionRequest(draft, brand, Map.of(), Map.of(), new ProductNames(List.of()),
				List.of(), draft.toString(), Map.of(), LocalDate.now(this.clock));
		return this.inspector.inspect(request)
			.findings()
			.stream()
			.filter((finding) -> KINDS.contains(finding.kind()))
			.map(TemplateInspection::finding)
			.distinct()
			.toList();
	}

	private static EmailDraft draft(Template template, BrandKit brand) {
		List<String> paragraphs = TemplateCopy.paragraphs(fixedText(template.body()));
		return new EmailDraft(template.locale(), fixedText(template.subject()), fixedText(template.preheader()),
				fixedText(template.headline()), paragraphs.isEmpty() ? List.of(REPLACEMENT) : paragraphs, List.of(),
				new EmailDraft.CallToAction(fixedText(template.callToAction()), brand.siteUrl()), null);
	}

	/** Returns the fixed part of a text; a text left to the writer has none. */
	private static String fixedText(@Nullable String text) {
		String source = Objects.requireNonNullElse(text, REPLACEMENT);
		String withoutTags = FIRST_NAME.matcher(LIQUID_TAG.matcher(source).replaceAll(" "))
			.replaceAll("{{ first_name }}");
		return MERGE_TAG.matcher(withoutTags).replaceAll(REPLACEMENT).strip();
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
