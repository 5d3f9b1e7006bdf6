package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What language models cost a tenant, in US dollars.
 *
 * @param from first day (UTC)
 * @param to last day
 * @param currency USD
 * @param total all calls of the period
 * @param byDay days with calls, oldest first
 * @param byProvider providers, highest cost first
 * @param byModel models, highest cost first
 * @param byPurpose purposes, highest cost first
 * @param byCampaign campaigns, highest cost first, at most 100
 * @param today limits of the current day, and what is used of them
 */
public record ModelSpend(LocalDate from, LocalDate to, String currency, SpendGroup total, List<SpendGroup> byDay,
		List<SpendGroup> byProvider, List<SpendGroup> byModel, List<SpendGroup> byPurpose,
		List<CampaignSpend> byCampaign, SpendOfToday today) {

	public ModelSpend {
		byDay = List.copyOf(byDay);
		byProvider = List.copyOf(byProvider);
		byModel = List.copyOf(byModel);
		byPurpose = List.copyOf(byPurpose);
		byCampaign = List.copyOf(byCampaign);
	}

	/**
	 * Calls with something in common.
	 *
	 * @param name day, provider, model or purpose
	 * @param provider provider of a model, null for other groups
	 * @param calls number of calls
	 * @param inputTokens prompt tokens outside the provider's cache
	 * @param cacheReadTokens prompt tokens read from the cache
	 * @param cacheWriteTokens prompt tokens written to the cache
	 * @param outputTokens tokens of the answers
	 * @param cost booked costs; calls that are running have none yet
	 */
	public record SpendGroup(String name, @Nullable String provider, long calls, long inputTokens, long cacheReadTokens,
			long cacheWriteTokens, long outputTokens, BigDecimal cost) {

	}

	/**
	 * Calls of a campaign.
	 *
	 * @param campaignId the campaign
	 * @param recipients number of its recipients
	 * @param calls number of calls in the period
	 * @param cost their cost
	 * @param costPerThousandRecipients cost for each 1,000 recipients, null without
	 * recipients
	 * @param limitPerThousandRecipients limit for each 1,000 recipients
	 */
	public record CampaignSpend(UUID campaignId, int recipients, long calls, BigDecimal cost,
			@Nullable BigDecimal costPerThousandRecipients, BigDecimal limitPerThousandRecipients) {

	}

	/**
	 * The budget of the current day.
	 *
	 * @param day the day (UTC)
	 * @param reserved highest cost of the calls that are running
	 * @param spent cost of the other calls
	 * @param alert amount from which operators are alerted
	 * @param limit amount at which no model is called
	 * @param left what may still be reserved
	 */
	public record SpendOfToday(LocalDate day, BigDecimal reserved, BigDecimal spent, BigDecimal alert, BigDecimal limit,
			BigDecimal left) {

	}

}
