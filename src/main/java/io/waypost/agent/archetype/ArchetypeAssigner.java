package io.waypost.agent.archetype;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.agent.AgentSettings;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.agent.write.TemplateSelector;
import io.waypost.agent.write.ToneRules;
import io.waypost.content.Template;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Determines the archetype key of recipients of one campaign, both when archetypes are
 * built and when messages are sent. Thread-safe.
 */
public final class ArchetypeAssigner {

	private final TenantId tenant;

	private final ContentBrief brief;

	private final TemplateSelector templateSelector;

	private final ArchetypeClassifier reader;

	private final Map<Locale, Locale> locales = new ConcurrentHashMap<>();

	public ArchetypeAssigner(TenantId tenant, ContentBrief brief, TemplateSelector templateSelector,
			AgentSettings settings) {
		this.tenant = tenant;
		this.brief = brief;
		this.templateSelector = templateSelector;
		this.reader = new ArchetypeClassifier(settings);
	}

	/**
	 * Returns the key of a recipient. A category or an offer of the brief is the same for
	 * all recipients, so it is not part of the key and is never lost when archetypes are
	 * merged.
	 */
	public ArchetypeKey key(@Nullable Profile person, Features features) {
		return this.reader.key(this.brief.goal(), locale(person), features,
				this.brief.fixesProducts() ? "" : ArchetypeClassifier.topCategory(features));
	}

	/** Returns the language of the content for a profile. */
	Locale locale(@Nullable Profile person) {
		Locale requested = (person != null) ? ToneRules.locale(person.locale(), person.country()) : Locale.ENGLISH;
		return this.locales.computeIfAbsent(requested, this::written);
	}

	/**
	 * All variants have one language: texts of a variant are in the language of the
	 * template.
	 */
	private Locale written(Locale requested) {
		Template template = this.templateSelector.requireTemplate(this.tenant, this.brief.template(), requested);
		Template content = template;
		for (ContentVariant variant : this.brief.variants()) {
			content = variant.applyTo(content);
		}
		return this.templateSelector.locale(content, requested);
	}

}
