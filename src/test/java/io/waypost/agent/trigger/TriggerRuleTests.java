package io.waypost.agent.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import io.waypost.policy.DecisionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TriggerRuleTests {

	private static final Event EVENT = new Event(new UUID(7, 1), new ProfileId(new UUID(7, 2)), "track",
			"Product Added", JsonNodeFactory.instance.objectNode().put("cart_id", "c-1"),
			JsonNodeFactory.instance.objectNode(), Instant.EPOCH, Instant.EPOCH, "m-1");

	private static final Map<String, Object> START = Map.of("action", "START", "journey", "cart-abandonment",
			"template", "cart-abandonment", "topic", "marketing", "delay", "PT1H", "window", "P1D", "keyProperty",
			"cart_id");

	@Test
	void startsAJourneyForTheKeyOfTheEvent() {
		assertThat(row(START).match(EVENT)).isInstanceOfSatisfying(TriggerMatch.StartJourney.class, (start) -> {
			assertThat(start.key()).isEqualTo("c-1");
			assertThat(start.delay()).isEqualTo(Duration.ofHours(1));
			assertThat(start.window()).isEqualTo(Duration.ofDays(1));
			assertThat(start.trigger()).containsEntry("event", "Product Added")
				.containsEntry("version", 4)
				.containsEntry("rulesHit", List.of("rule_1"))
				.containsEntry("key", "c-1")
				.containsEntry("at", "1970-01-01T00:00:00Z");
		});
	}

	@Test
	void keepsTheUrlOfTheCart() {
		Event checkout = new Event(EVENT.id(), EVENT.profile(), "track", "Checkout Started",
				JsonNodeFactory.instance.objectNode()
					.put("cart_id", "c-1")
					.put("url", "https://shop.example/p/1")
					.put("checkout_url", "https://shop.example/checkout/c-1"),
				EVENT.context(), Instant.EPOCH, Instant.EPOCH, "m-2");
		assertThat(row(START).match(checkout)).isInstanceOfSatisfying(TriggerMatch.StartJourney.class,
				(start) -> assertThat(start.properties())
					.containsExactly(Map.entry("cart_url", "https://shop.example/checkout/c-1")));
		assertThat(row(START).match(EVENT)).isInstanceOfSatisfying(TriggerMatch.StartJourney.class,
				(start) -> assertThat(start.properties()).isEmpty());
	}

	@Test
	void correlatesWithEveryRunOfTheProfileWithoutAKey() {
		Map<String, Object> correlate = Map.of("action", "CORRELATE", "journey", "welcome", "message",
				"Msg_OrderCompleted");
		assertThat(row(correlate).match(EVENT)).isEqualTo(
				new TriggerMatch.CorrelateMessage(EVENT.profile(), "welcome", null, "Msg_OrderCompleted", EVENT.id()));
	}

	@ParameterizedTest
	@CsvSource({ "delay, 1 hour, not a non-negative ISO 8601 duration",
			"window, -P1D, not a non-negative ISO 8601 duration", "action, BEGIN, must be START or CORRELATE",
			"journey, '', journey is empty" })
	void namesTheInvalidOutput(String output, String value, String complaint) {
		Map<String, Object> outcome = new HashMap<>(START);
		outcome.put(output, value);
		assertThatThrownBy(() -> row(outcome).match(EVENT)).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining(complaint);
	}

	private static TriggerRule row(Map<String, Object> outcome) {
		return new TriggerRule(new DecisionResult("trigger-rules", 4, null, List.of("rule_1"), List.of(outcome)), 0);
	}

}
