package io.waypost.agent;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign requests from the agents.
 *
 * @param campaign id of the campaign
 * @param goal goal of the messages, as the planner uses it; by default the template key
 * @param template key of the template
 * @param topic subscription topic of the messages
 * @param category category of the catalogue; null for each recipient's preferred category
 * @param offer key of the offer to announce, null for none
 * @param variants at least one variant, the default first
 * @param bestHourWithin send-time optimisation window; null to send now
 * @param changed what changed after the campaign was approved, so that its content needs
 * a review; null for nothing
 */
public record ContentBrief(CampaignId campaign, String goal, String template, String topic, @Nullable String category,
		@Nullable String offer, List<ContentVariant> variants, @Nullable Duration bestHourWithin,
		@Nullable String changed) {

	/** Creates a brief that is as it was approved. */
	public ContentBrief(CampaignId campaign, String goal, String template, String topic, @Nullable String category,
			@Nullable String offer, List<ContentVariant> variants, @Nullable Duration bestHourWithin) {
		this(campaign, goal, template, topic, category, offer, variants, bestHourWithin, null);
	}

	/** Creates a brief without an offer. */
	public ContentBrief(CampaignId campaign, String goal, String template, String topic, @Nullable String category,
			List<ContentVariant> variants, @Nullable Duration bestHourWithin) {
		this(campaign, goal, template, topic, category, null, variants, bestHourWithin);
	}

	public ContentBrief {
		variants = List.copyOf(variants);
		Set<String> names = new HashSet<>();
		for (ContentVariant variant : variants) {
			if (!names.add(variant.name())) {
				throw new IllegalArgumentException("Two variants have the name '%s'".formatted(variant.name()));
			}
		}
		if (variants.isEmpty()) {
			throw new IllegalArgumentException("A campaign needs at least one variant");
		}
	}

	/**
	 * Says what changed after the approval.
	 * @param what the change, null for none
	 * @return a copy
	 */
	public ContentBrief withChange(@Nullable String what) {
		return new ContentBrief(this.campaign, this.goal, this.template, this.topic, this.category, this.offer,
				this.variants, this.bestHourWithin, what);
	}

	/**
	 * Whether the brief decides which products are shown. Otherwise each recipient's
	 * preferred category does.
	 * @return true with a category or an offer
	 */
	public boolean fixesProducts() {
		return this.category != null || this.offer != null;
	}

}
