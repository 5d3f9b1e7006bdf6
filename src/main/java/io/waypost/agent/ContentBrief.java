package io.waypost.agent;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign asks the agents for.
 *
 * @param campaign which campaign
 * @param goal what it is to bring about, as the planner understands it; the template key
 * when nobody said
 * @param template template key
 * @param topic which consent it needs
 * @param category what it is about, a category of the catalogue; null to follow each
 * person's own leaning
 * @param variants the variants of the words, at least one, the default first
 * @param bestHourWithin each message goes at its person's best hour within this long;
 * null to write to everybody at once
 */
public record ContentBrief(CampaignId campaign, String goal, String template, String topic, @Nullable String category,
		List<ContentVariant> variants, @Nullable Duration bestHourWithin) {

	public ContentBrief {
		variants = List.copyOf(variants);
		Set<String> names = new HashSet<>();
		for (ContentVariant variant : variants) {
			if (!names.add(variant.name())) {
				throw new IllegalArgumentException("Two variants are named '%s'".formatted(variant.name()));
			}
		}
		if (variants.isEmpty()) {
			throw new IllegalArgumentException("A campaign needs at least one variant of its words");
		}
	}

}
