package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Limits what is spent on language models. An amount is reserved in the database before a
 * call and settled after it, so that calls that run at the same time on several nodes do
 * not exceed a limit. Each method has its own transaction.
 */
public interface ModelBudget {

	/**
	 * Returns how much of the budgets of the day and of the campaign is used.
	 * @param tenant the tenant
	 * @param campaign the campaign, null for a journey
	 * @param recipients number of recipients of the campaign
	 * @return the higher level of both budgets
	 */
	SpendLevel level(TenantId tenant, @Nullable CampaignId campaign, int recipients);

	/**
	 * Reserves the highest possible cost of a call and stores the call.
	 * @param request the call
	 * @return the reservation, or the limit that does not allow it
	 */
	SpendDecision reserve(SpendRequest request);

	/**
	 * Replaces a reservation by the cost of the tokens used.
	 * @param call the call
	 * @param result the result of the call
	 * @param usage tokens as the provider counts them; null when it did not say, then the
	 * reservation is kept as the cost
	 * @return the cost in US dollars
	 */
	BigDecimal settle(SpendDecision.Reserved call, CallResult result, @Nullable TokenUsage usage);

	/**
	 * Cancels a reservation of a call that certainly did not reach the provider or that
	 * the provider does not charge.
	 * @param call the call
	 * @param result the result of the call
	 */
	void release(SpendDecision.Reserved call, CallResult result);

	/** How much of a budget is used. */
	enum SpendLevel {

		/** Less than 80 %. */
		NORMAL,

		/** From 80 %: cheaper models are used. */
		REDUCED,

		/** The budget is used up: no model is called. */
		EXHAUSTED

	}

	/**
	 * A call that may be made.
	 *
	 * @param tenant the tenant
	 * @param purpose what the model is asked for
	 * @param campaign the campaign that pays, null for a journey
	 * @param recipients number of recipients of the campaign
	 * @param provider name of the provider
	 * @param model name of the model, which has a price
	 * @param key identifies the work
	 * @param promptVersion name and version of the prompt
	 * @param promptTokens counted or estimated tokens of the prompt, not too few
	 * @param maxTokens maximum number of tokens of the answer
	 * @param prompt the rendered prompt without personal data, stored with the call
	 */
	record SpendRequest(TenantId tenant, ModelPurpose purpose, @Nullable CampaignId campaign, int recipients,
			String provider, String model, String key, String promptVersion, long promptTokens, long maxTokens,
			String prompt) {

	}

	/** Answer of {@link #reserve}. */
	sealed interface SpendDecision {

		/**
		 * The call may be made.
		 *
		 * @param tenant the tenant
		 * @param call id of the call
		 * @param amount reserved US dollars
		 */
		record Reserved(TenantId tenant, UUID call, BigDecimal amount) implements SpendDecision {

		}

		/**
		 * The call must not be made.
		 *
		 * @param limit name of the limit, {@code day} or {@code campaign}
		 * @param detail the limit and what is used of it
		 */
		record Refused(String limit, String detail) implements SpendDecision {

		}

	}

	/**
	 * Result of a call, stored with it.
	 *
	 * @param outcome short code, for example {@code answered}, {@code timeout},
	 * {@code rate_limited}
	 * @param model name of the model as the provider reports it, null when unknown
	 * @param answer the answer without personal data, null for none
	 * @param latency time from request to answer
	 */
	record CallResult(String outcome, @Nullable String model, @Nullable String answer, Duration latency) {

	}

}
