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
 * Tells the archetype of people for one campaign: when cells are made and when people are
 * written to, by the same rule. May be asked from several threads.
 */
public final class ArchetypeAssigner {

	private final TenantId tenant;

	private final ContentBrief brief;

	private final TemplateSelector wording;

	private final ArchetypeClassifier reader;

	private final Map<Locale, Locale> locales = new ConcurrentHashMap<>();

	public ArchetypeAssigner(TenantId tenant, ContentBrief brief, TemplateSelector wording, AgentSettings settings) {
		this.tenant = tenant;
		this.brief = brief;
		this.wording = wording;
		this.reader = new ArchetypeClassifier(settings);
	}

	public ArchetypeKey key(@Nullable Profile person, Features features) {
		String category = this.brief.category();
		return this.reader.key(this.brief.goal(), locale(person), features,
				(category != null) ? category : ArchetypeClassifier.topCategory(features));
	}

	/** The language of the words the person gets. */
	Locale locale(@Nullable Profile person) {
		Locale wanted = (person != null) ? ToneRules.locale(person.locale(), person.country()) : Locale.ENGLISH;
		return this.locales.computeIfAbsent(wanted, this::written);
	}

	/**
	 * One language for all variants: whoever gives a text of their own gives it in the
	 * language of the template.
	 */
	private Locale written(Locale wanted) {
		Template template = this.wording.requireTemplate(this.tenant, this.brief.template(), wanted);
		Template words = template;
		for (ContentVariant variant : this.brief.variants()) {
			words = variant.applyTo(words);
		}
		return this.wording.locale(words, wanted);
	}

}
