package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

import io.waypost.agent.llm.TokenUsage;

/**
 * Prices of a model in US dollars per million tokens.
 *
 * @param model name of the model without date
 * @param input prompt tokens outside the provider's cache
 * @param cacheRead prompt tokens read from the cache
 * @param cacheWrite prompt tokens written to the cache
 * @param output tokens of the answer
 * @param asOf day on which the provider had these prices
 */
public record ModelPrice(String model, BigDecimal input, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal output,
		LocalDate asOf) {

	/** Decimal places of a million. */
	private static final int MILLION = 6;

	/** Decimal places that the database stores. */
	private static final int SCALE = 9;

	/**
	 * Returns the cost of the tokens used.
	 * @param usage tokens by class
	 * @return US dollars with nine decimals, rounded up
	 */
	public BigDecimal cost(TokenUsage usage) {
		return dollars(price(this.input, usage.input()).add(price(this.cacheRead, usage.cacheRead()))
			.add(price(this.cacheWrite, usage.cacheWrite()))
			.add(price(this.output, usage.output())));
	}

	/**
	 * Returns the highest possible cost of a call: as if the provider wrote the whole
	 * prompt to its cache and the answer had the maximum length.
	 */
	BigDecimal highestCost(long promptTokens, long maxTokens) {
		BigDecimal prompt = this.input.max(this.cacheWrite).max(this.cacheRead);
		return dollars(price(prompt, promptTokens).add(price(this.output, maxTokens)));
	}

	private static BigDecimal price(BigDecimal perMillion, long tokens) {
		return perMillion.multiply(BigDecimal.valueOf(tokens));
	}

	private static BigDecimal dollars(BigDecimal perMillion) {
		return perMillion.movePointLeft(MILLION).setScale(SCALE, RoundingMode.CEILING);
	}

}
