package io.waypost.audience.projection;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waypost.audience.projection.Activities.ActivityType;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Extraction of activities from events. */
class ActivitiesTests {

	private static final Instant AT = Instant.parse("2026-11-20T10:00:00.000001Z");

	private static final ProfileId PROFILE = new ProfileId(new UUID(1, 2));

	@Test
	void extractsEventsWithAllTheirCategories() {
		Activities activities = Activities.of(List
			.of(event("track", "Product Viewed", "{\"category\":\" Garden \"}", AT), event("track", "Order Completed",
					"{\"revenue\":10,\"products\":[{\"category\":\"Garden\"},{\"category\":\"Light\"},{\"category\":\"Garden\"},{}]}",
					AT), event("track", "Signed Up", "{}", AT)));
		assertThat(activities.types()).containsExactly(new ActivityType("Product Viewed", "Garden", false),
				new ActivityType("Order Completed", "Garden", false),
				new ActivityType("Order Completed", "Light", true), new ActivityType("Signed Up", "", false));
		assertThat(activities.typeNumbers()).containsExactly(1, 2, 3, 4);
		assertThat(activities.amounts()).containsExactly(0L, 100_000L, 100_000L, 0L);
		assertThat(activities.times()).containsOnly(AT.getEpochSecond() * 1_000_000 + 1);
	}

	@Test
	void queuesProfilesOfOtherEventsWithoutActivities() {
		Activities activities = Activities.of(List.of(event("identify", "", "{}", AT), event("page", "Home", "{}", AT),
				event("track", "Email Opened", "{\"machine\":true}", AT)));
		assertThat(activities.types()).isEmpty();
		assertThat(activities.profiles()).hasSize(3);
		assertThat(activities.typeNumbers()).containsOnly(0);
	}

	@Test
	void limitsTheTimeToTheTimeOfReceipt() {
		Activities activities = Activities.of(List.of(event("track", "Signed Up", "{}", AT.plusSeconds(99))));
		assertThat(activities.times()).containsExactly(AT.getEpochSecond() * 1_000_000 + 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#', textBlock = """
			{"revenue":12.34567,"total":99}   | 123457
			{"total":"15.5"}                  | 155000
			{"price":3}                       | 30000
			{"revenue":-3}                    | 0
			{"revenue":"1e999999999"}         | 0
			{"revenue":1e300}                 | 0
			{"revenue":"many"}                | 0
			{"revenue":{"a":1}}               | 0
			{"revenue":null,"value":2}        | 20000
			""")
	void readsAmountsAsSourcesSendThem(String properties, long amount) {
		assertThat(Activities.of(List.of(event("track", "Order Completed", properties, AT))).amounts())
			.containsExactly(amount);
	}

	private static Event event(String type, String name, String properties, Instant occurredAt) {
		try {
			return new Event(new UUID(0, 0), PROFILE, type, name, new ObjectMapper().readTree(properties),
					JsonNodeFactory.instance.objectNode(), occurredAt, AT, "m");
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(properties, ex);
		}
	}

}
