package io.waypost.agent.llm.budget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.waypost.agent.llm.budget.ModelPriceSettings.ConfiguredPrice;
import io.waypost.kernel.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.stereotype.Component;

/**
 * Prices by model: those of the settings, then the list prices that Waypost knows. Names
 * of models match without the date at their end, and {@code claude-haiku-4-5} is the same
 * as {@code claude-haiku-4.5}.
 */
@Component
public class ModelPrices {

	private static final String LIST_PRICES = "/llm/model-prices.yaml";

	/** {@code -2026-08-01} of OpenAI, {@code -20260801} of Anthropic. */
	private static final Pattern DATE = Pattern.compile("-(?:20\\d\\d-\\d\\d-\\d\\d|20\\d{6})$");

	private final Map<String, ModelPrice> byName = new HashMap<>();

	ModelPrices(ModelPriceSettings settings) {
		listPrices().forEach((price) -> this.byName.put(canonical(price.model()), price));
		Map<String, ModelPrice> configured = new HashMap<>();
		for (int index = 0; index < settings.prices().size(); index++) {
			ModelPrice price = price(settings.prices().get(index), "waypost.llm.prices[" + index + "]");
			if (configured.put(canonical(price.model()), price) != null) {
				throw new InvalidSettingException(
						"waypost.llm.prices[%d].model '%s' has two prices.".formatted(index, price.model()),
						"Remove one of both.");
			}
		}
		this.byName.putAll(configured);
	}

	/**
	 * Finds the price of a model.
	 * @param model name with or without the date
	 * @return its price, or empty when it is unknown
	 */
	public Optional<ModelPrice> find(String model) {
		return Optional.ofNullable(this.byName.get(canonical(model)))
			.or(() -> Optional.ofNullable(this.byName.get(DATE.matcher(canonical(model)).replaceFirst(""))));
	}

	/**
	 * Returns the price of a model. Providers call it at the start, because a model
	 * without a price could not be limited.
	 * @param model name with or without the date
	 * @return its price
	 * @throws InvalidSettingException when it is unknown
	 */
	public ModelPrice require(String model) {
		return find(model).orElseThrow(() -> new InvalidSettingException(
				"The language model '%s' has no price, so its cost could not be limited.".formatted(model),
				("Set waypost.llm.prices[n].model=%s with .input and .output in US dollars per million tokens and .as-of, "
						+ "the day of these prices. For a model on your own servers set both prices to 0.")
					.formatted(model)));
	}

	private static String canonical(String model) {
		return model.strip().toLowerCase(Locale.ROOT).replace('.', '-');
	}

	private static List<ModelPrice> listPrices() {
		try (InputStream file = Objects.requireNonNull(ModelPrices.class.getResourceAsStream(LIST_PRICES))) {
			List<Map<String, String>> rows = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
			return rows.stream().map((row) -> price(configured(row), LIST_PRICES + " " + row.get("model"))).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ConfiguredPrice configured(Map<String, String> row) {
		return new ConfiguredPrice(row.get("model"), amount(row.get("input")), amount(row.get("cache-read")),
				amount(row.get("cache-write")), amount(row.get("output")), LocalDate.parse(row.get("as-of")));
	}

	private static @Nullable BigDecimal amount(@Nullable String text) {
		return (text != null) ? new BigDecimal(text) : null;
	}

	private static ModelPrice price(ConfiguredPrice price, String where) {
		String model = require(price.model(), where, "model", "the name of the model");
		BigDecimal input = notNegative(price.input(), where, "input");
		BigDecimal output = notNegative(price.output(), where, "output");
		return new ModelPrice(model, input,
				(price.cacheRead() != null) ? notNegative(price.cacheRead(), where, "cache-read") : input,
				(price.cacheWrite() != null) ? notNegative(price.cacheWrite(), where, "cache-write") : input, output,
				require(price.asOf(), where, "as-of", "the day on which the provider had these prices"));
	}

	private static BigDecimal notNegative(@Nullable BigDecimal amount, String where, String name) {
		BigDecimal price = require(amount, where, name, "a price in US dollars per million tokens, 0 or more");
		if (price.signum() < 0) {
			throw new InvalidSettingException("%s.%s is %s.".formatted(where, name, price.toPlainString()),
					"Set it to a price of 0 or more.");
		}
		return price;
	}

	private static <T> T require(@Nullable T value, String where, String name, String expected) {
		if (value == null) {
			throw new InvalidSettingException("%s.%s is missing.".formatted(where, name),
					"Set it to %s.".formatted(expected));
		}
		return value;
	}

}
