package io.waypost.content.liquid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Compares the engine with the golden suite, all of whose cases pass in Shopify Liquid.
 */
class GoldenLiquidTests {

	private static final Path DATA = Path.of("../shared/data/liquid/golden_liquid_train.json");

	private static final double REQUIRED_SHARE = 0.99;

	private final ObjectMapper json = new ObjectMapper();

	private final LiquidEngine liquid = new LiquidEngine(new LiquidSettings(DataSize.ofKilobytes(16),
			DataSize.ofKilobytes(32), DataSize.ofMegabytes(1), 1000, 500_000, Duration.ofSeconds(5), 4, 10),
			Clock.systemUTC());

	@Test
	void passesTheGoldenSuite() throws IOException {
		List<JsonNode> cases = cases().stream().filter((test) -> !test.has("templates")).toList();
		List<String> failures = new ArrayList<>();
		for (JsonNode test : cases) {
			String failure = failure(test);
			if (failure != null) {
				failures.add(test.path("name").asText() + ": " + failure);
			}
		}
		double share = 1 - (double) failures.size() / cases.size();
		System.out.printf("golden suite: %d of %d cases without partials pass (%.2f %%)%n",
				cases.size() - failures.size(), cases.size(), 100 * share);
		assertThat(share).as(String.join("\n", failures)).isGreaterThanOrEqualTo(REQUIRED_SHARE);
	}

	@Test
	void refusesAllPartialsOfTheGoldenSuite() throws IOException {
		for (JsonNode test : cases().stream().filter((partial) -> partial.has("templates")).toList()) {
			assertThatThrownBy(() -> render(test)).as(test.path("name").asText())
				.isInstanceOf(LiquidTemplateException.class)
				.hasMessageContaining("cannot include files");
		}
	}

	private List<JsonNode> cases() throws IOException {
		assumeTrue(Files.exists(DATA), "no ../shared/data here: the golden suite of Liquid is not run");
		List<JsonNode> cases = new ArrayList<>();
		this.json.readTree(DATA.toFile()).path("tests").forEach(cases::add);
		assertThat(cases).hasSizeGreaterThan(500);
		return cases;
	}

	/** Returns null when the case passes. */
	private @Nullable String failure(JsonNode test) {
		boolean invalid = test.path("invalid").asBoolean();
		try {
			String rendered = render(test);
			if (invalid) {
				return "is accepted: " + rendered;
			}
			List<String> expected = new ArrayList<>();
			test.path("results").forEach((result) -> expected.add(result.asText()));
			if (test.has("result")) {
				expected.add(test.path("result").asText());
			}
			return expected.contains(rendered) ? null : "'%s' instead of %s".formatted(rendered, expected);
		}
		catch (LiquidTemplateException ex) {
			return invalid ? null : ex.getMessage();
		}
	}

	private String render(JsonNode test) {
		Map<String, Object> data = test.has("data")
				? this.json.convertValue(test.path("data"), new TypeReference<Map<String, Object>>() {
				}) : Map.of();
		return this.liquid.renderOnce(test.path("template").asText(), data, false);
	}

}
