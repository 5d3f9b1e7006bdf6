package io.waypost.campaign;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the campaign room.
 *
 * @param chunkSize how many people a chunk has, 500 to 1,000 where it is not a test
 * @param maxAudience how many people a campaign may reach
 * @param watch how often campaigns are looked at that wait for their messages
 * @param giveUpAfter how long after its launch people are still put off to a later window
 */
@ConfigurationProperties("waypost.campaign")
public record CampaignSettings(@DefaultValue("1000") int chunkSize, @DefaultValue("1000000") int maxAudience,
		@DefaultValue("1s") Duration watch, @DefaultValue("P7D") Duration giveUpAfter) {

	public CampaignSettings {
		if (chunkSize < 1 || chunkSize > 5_000) {
			throw new IllegalArgumentException(
					"waypost.campaign.chunk-size is %d; it must be 1 to 5000".formatted(chunkSize));
		}
	}

}
