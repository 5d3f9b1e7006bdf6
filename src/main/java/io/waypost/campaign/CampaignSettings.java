package io.waypost.campaign;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of campaigns.
 *
 * @param chunkSize number of recipients per chunk, 500 to 1,000 in production
 * @param maxAudience maximum size of a campaign's audience
 * @param checkInterval interval at which campaigns that wait for their chunks or sends
 * are checked
 * @param giveUpAfter time after the launch from which recipients without a send window
 * are withheld instead of deferred
 * @param copyWait time for which a campaign waits for copy of language models; after that
 * its content is written by rules
 */
@ConfigurationProperties("waypost.campaign")
public record CampaignSettings(@DefaultValue("1000") int chunkSize, @DefaultValue("1000000") int maxAudience,
		@DefaultValue("1s") Duration checkInterval, @DefaultValue("7d") Duration giveUpAfter,
		@DefaultValue("5m") Duration copyWait) {

	public CampaignSettings {
		if (chunkSize < 1 || chunkSize > 5_000) {
			throw new IllegalArgumentException(
					"waypost.campaign.chunk-size is %d; it must be 1 to 5000".formatted(chunkSize));
		}
	}

}
