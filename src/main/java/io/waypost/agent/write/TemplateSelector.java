package io.waypost.agent.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.AgentFailedException;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Selects the template of a message and the language of its texts. */
@Component
public class TemplateSelector {

	private static final int TEXTS = 5;

	private final TemplateRepository templates;

	private final RuleBasedWriter writer;

	public TemplateSelector(TemplateRepository templates, RuleBasedWriter writer) {
		this.templates = templates;
		this.writer = writer;
	}

	/**
	 * Finds a template in the best matching language.
	 * @throws AgentFailedException when there is no such template
	 */
	public Template requireTemplate(TenantId tenant, String key, Locale requested) {
		return this.templates.find(tenant, key, requested.toLanguageTag())
			.orElseThrow(() -> new AgentFailedException("planner", "template_missing",
					"Tenant '%s' has no template '%s'; POST /api/v1/templates and approve it".formatted(tenant, key)));
	}

	/**
	 * Returns the language of the content: that of the template if it has texts of its
	 * own, else the recipient's if the writer supports it, else English.
	 */
	public Locale locale(Template template, Locale requested) {
		Locale authored = Locale.forLanguageTag(template.locale());
		if (missingTexts(template).size() < TEXTS) {
			return authored.getLanguage().equals(requested.getLanguage()) ? requested : authored;
		}
		return this.writer.languages().contains(requested.getLanguage()) ? requested
				: Locale.of("en", requested.getCountry());
	}

	/** Returns the fields of the texts that the template leaves to the writer. */
	public static List<String> missingTexts(Template template) {
		Map<String, @Nullable String> texts = new LinkedHashMap<>();
		texts.put("subject", template.subject());
		texts.put("preheader", template.preheader());
		texts.put("headline", template.headline());
		texts.put("body", template.body());
		texts.put("callToAction", template.callToAction());
		return texts.entrySet().stream().filter((text) -> text.getValue() == null).map(Map.Entry::getKey).toList();
	}

}
