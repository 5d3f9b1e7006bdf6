package io.waypost.console.spend;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Costs of language models.
 *
 * @param budget tiles about the budget of today
 * @param used what is used of today's limit
 * @param limit today's limit
 * @param usedText both as text
 * @param total sum of the period
 * @param days days with calls, newest first
 * @param models models
 * @param purposes purposes
 * @param campaigns campaigns
 */
record AiSpendView(List<BudgetTile> budget, BigDecimal used, BigDecimal limit, String usedText, String total,
		List<SpendBar> days, List<SpendBar> models, List<SpendBar> purposes, List<CampaignRow> campaigns) {

	/** A number with its explanation. */
	record BudgetTile(String name, String number, String note) {

	}

	/**
	 * A row with a bar.
	 *
	 * @param name day, model or purpose
	 * @param note provider of a model, null for others
	 * @param calls number of calls
	 * @param tokens number of tokens
	 * @param cost cost as text
	 * @param value length of the bar
	 * @param max length of the longest bar
	 */
	record SpendBar(String name, @Nullable String note, long calls, long tokens, String cost, BigDecimal value,
			BigDecimal max) {

	}

	/**
	 * A campaign.
	 *
	 * @param name its name, or its id when it does not exist any more
	 * @param href its page, null when it does not exist any more
	 * @param recipients number of recipients
	 * @param calls number of calls
	 * @param cost cost as text
	 * @param perThousand cost for each 1,000 recipients
	 * @param limit limit for each 1,000 recipients
	 */
	record CampaignRow(String name, @Nullable String href, int recipients, long calls, String cost, String perThousand,
			String limit) {

	}

}
