package io.waypost.agent;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.content.Template;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Tells the archetype of people for one campaign: when cells are made and when people are
 * written to, by the same rule. May be asked from several threads.
 */
final class Placement {

	private final TenantId tenant;

	private final CampaignBrief brief;

	private final Wording wording;

	private final ArchetypeReader reader;

	private final Map<Locale, Locale> locales = new ConcurrentHashMap<>();

	Placement(TenantId tenant, CampaignBrief brief, Wording wording, AgentSettings settings) {
		this.tenant = tenant;
		this.brief = brief;
		this.wording = wording;
		this.reader = new ArchetypeReader(settings);
	}

	ArchetypeKey key(@Nullable Profile person, Features features) {
		String category = this.brief.category();
		return this.reader.key(this.brief.goal(), locale(person), features,
				(category != null) ? category : ArchetypeReader.leaning(features));
	}

	/** The language of the words the person gets. */
	Locale locale(@Nullable Profile person) {
		Locale wanted = (person != null) ? Goals.locale(person.locale(), person.country()) : Locale.ENGLISH;
		return this.locales.computeIfAbsent(wanted, this::written);
	}

	/**
	 * One language for all variants: whoever gives a text of their own gives it in the
	 * language of the template.
	 */
	private Locale written(Locale wanted) {
		Template template = this.wording.require(this.tenant, this.brief.template(), wanted);
		Template words = template;
		for (VariantBrief variant : this.brief.variants()) {
			words = variant.over(words);
		}
		return this.wording.locale(words, wanted);
	}

}
