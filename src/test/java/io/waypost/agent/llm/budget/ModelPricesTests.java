package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelPriceSettings.ConfiguredPrice;
import io.waypost.kernel.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Costs are calculated by hand from the price lists. */
class ModelPricesTests {

	private static final LocalDate DAY = LocalDate.parse("2026-11-30");

	private final ModelPrices prices = prices();

	/** Columns: model, input, cache reads, cache writes, output, US dollars. */
	@ParameterizedTest
	@CsvSource({
			// 1234 x 0.15 + 2048 x 0.075 + 567 x 0.60 = 185.1 + 153.6 + 340.2 = 678.9
			"gpt-4o-mini, 1234, 2048, 0, 567, 0.000678900",
			// 1 x 0.15 = 0.15; 1 x 0.075 = 0.075; 1 x 0.60 = 0.60
			"gpt-4o-mini, 1, 0, 0, 0, 0.000000150", "gpt-4o-mini, 0, 1, 0, 0, 0.000000075",
			"gpt-4o-mini, 0, 0, 0, 1, 0.000000600",
			// 400 x 1 + 3000 x 0.1 + 2000 x 1.25 + 700 x 5 = 400 + 300 + 2500 + 3500
			"claude-haiku-4.5, 400, 3000, 2000, 700, 0.006700000", "claude-haiku-4.5, 0, 1, 0, 0, 0.000000100",
			"claude-haiku-4.5, 0, 0, 1, 0, 0.000001250",
			// 2400 x 0.10 + 1400 x 0.40 = 240 + 560; 2400 x 0.05 + 1400 x 0.40
			"gpt-4.1-nano, 2400, 0, 0, 1400, 0.000800000", "gpt-5-nano, 2400, 0, 0, 1400, 0.000680000",
			// cached tokens without a price of their own cost as input: 1500 x 0.25 + 1 x
			// 2
			"gpt-5-mini, 1000, 500, 0, 1, 0.000377000", "gpt-5-mini, 0, 0, 0, 0, 0.000000000" })
	void pricesEachClassOfTokens(String model, long input, long cacheRead, long cacheWrite, long output,
			BigDecimal dollars) {
		assertThat(this.prices.require(model).cost(new TokenUsage(input, cacheRead, cacheWrite, output)))
			.isEqualTo(dollars);
	}

	@ParameterizedTest
	@CsvSource({ "gpt-4o-mini-2024-07-18, gpt-4o-mini", "claude-haiku-4-5-20251001, claude-haiku-4.5",
			"claude-haiku-4-5, claude-haiku-4.5", "GPT-5-Mini-2025-08-07, gpt-5-mini", "gpt-5-nano, gpt-5-nano" })
	void findsModelsWithADate(String model, String priced) {
		assertThat(this.prices.require(model).model()).isEqualTo(priced);
	}

	@ParameterizedTest
	@CsvSource({ "gpt-4o", "gpt-4o-mini-audio", "gpt-4o-mini-2024", "claude-haiku-4", "llama3.1:8b" })
	void refusesModelsWithoutAPrice(String model) {
		assertThat(this.prices.find(model)).isEmpty();
		assertThatThrownBy(() -> this.prices.require(model)).isInstanceOfSatisfying(InvalidSettingException.class,
				(ex) -> {
					assertThat(ex).hasMessageContaining("'" + model + "' has no price");
					assertThat(ex.action()).contains("waypost.llm.prices[n].model=" + model, ".as-of", "prices to 0");
				});
	}

	@Test
	void reservesTheHighestPriceOfThePrompt() {
		// 2000 x 1.25 + 300 x 5 = 2500 + 1500
		assertThat(this.prices.require("claude-haiku-4.5").highestCost(2000, 300))
			.isEqualTo(new BigDecimal("0.004000000"));
		// 2000 x 0.15 + 300 x 0.6
		assertThat(this.prices.require("gpt-4o-mini").highestCost(2000, 300)).isEqualTo(new BigDecimal("0.000480000"));
	}

	@Test
	void roundsUp() {
		ModelPrices odd = prices(new ConfiguredPrice("odd", new BigDecimal("0.0375"), null, null, BigDecimal.ONE, DAY));
		assertThat(odd.require("odd").cost(new TokenUsage(1, 0, 0, 0))).isEqualTo(new BigDecimal("0.000000038"));
	}

	@Test
	void letsSettingsReplaceListPrices() {
		ModelPrices own = prices(new ConfiguredPrice("gpt-4o-mini", BigDecimal.TWO, null, null, BigDecimal.TEN, DAY),
				new ConfiguredPrice("llama3.1:8b", BigDecimal.ZERO, null, null, BigDecimal.ZERO, DAY));
		assertThat(own.require("gpt-4o-mini-2024-07-18").cost(new TokenUsage(1_000_000, 1_000_000, 0, 1_000_000)))
			.isEqualByComparingTo("14");
		assertThat(own.require("llama3.1:8b").highestCost(1_000_000, 1_000_000)).isEqualByComparingTo("0");
		assertThat(own.require("gpt-5-mini").asOf()).isNotNull();
	}

	@Test
	void namesTheWrongSetting() {
		assertThatThrownBy(() -> prices(new ConfiguredPrice("a", BigDecimal.ONE, null, null, null, DAY)))
			.hasMessage("waypost.llm.prices[0].output is missing.");
		assertThatThrownBy(() -> prices(new ConfiguredPrice("a", BigDecimal.ONE, null, null, BigDecimal.ONE, null)))
			.hasMessage("waypost.llm.prices[0].as-of is missing.");
		assertThatThrownBy(
				() -> prices(new ConfiguredPrice("a", new BigDecimal("-1"), null, null, BigDecimal.ONE, DAY)))
			.hasMessage("waypost.llm.prices[0].input is -1.");
		ConfiguredPrice one = new ConfiguredPrice("a.1", BigDecimal.ONE, null, null, BigDecimal.ONE, DAY);
		assertThatThrownBy(
				() -> prices(one, new ConfiguredPrice("A-1", BigDecimal.ONE, null, null, BigDecimal.ONE, DAY)))
			.hasMessage("waypost.llm.prices[1].model 'A-1' has two prices.");
	}

	private static ModelPrices prices(ConfiguredPrice... configured) {
		return new ModelPrices(new ModelPriceSettings(List.of(configured)));
	}

}
