package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Prices of language models.
 *
 * @param prices entries of {@code waypost.llm.prices[n]}, in US dollars per million
 * tokens; they replace and extend the prices that Waypost knows
 */
@ConfigurationProperties("waypost.llm")
record ModelPriceSettings(@DefaultValue List<ConfiguredPrice> prices) {

	/**
	 * Prices of one model.
	 *
	 * @param model name of the model, without the date at its end
	 * @param input price of a million prompt tokens; 0 for a model on your own servers
	 * @param cacheRead price of a million prompt tokens read from the provider's cache;
	 * that of input when not set
	 * @param cacheWrite price of a million prompt tokens written to the provider's cache;
	 * that of input when not set
	 * @param output price of a million tokens of the answer
	 * @param asOf day on which the provider had these prices, such as 2026-11-30
	 */
	record ConfiguredPrice(@Nullable String model, @Nullable BigDecimal input, @Nullable BigDecimal cacheRead,
			@Nullable BigDecimal cacheWrite, @Nullable BigDecimal output, @Nullable LocalDate asOf) {

	}

}
