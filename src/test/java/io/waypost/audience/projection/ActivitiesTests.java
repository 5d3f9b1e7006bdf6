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

/** What is picked out of events. */
class ActivitiesTests {

	private static final Instant AT = Instant.parse("2026-11-20T10:00:00.000001Z");

	private static final ProfileId SOMEBODY = new ProfileId(new UUID(1, 2));

	@Test
	void takesEventsWithAllTheirCategories() {
		Activities deeds = Activities.of(List
			.of(event("track", "Product Viewed", "{\"category\":\" Garden \"}", AT), event("track", "Order Completed",
					"{\"revenue\":10,\"products\":[{\"category\":\"Garden\"},{\"category\":\"Light\"},{\"category\":\"Garden\"},{}]}",
					AT), event("track", "Signed Up", "{}", AT)));
		assertThat(deeds.types()).containsExactly(new ActivityType("Product Viewed", "Garden", false),
				new ActivityType("Order Completed", "Garden", false),
				new ActivityType("Order Completed", "Light", true), new ActivityType("Signed Up", "", false));
		assertThat(deeds.numbers()).containsExactly(1, 2, 3, 4);
		assertThat(deeds.worths()).containsExactly(0L, 100_000L, 100_000L, 0L);
		assertThat(deeds.times()).containsOnly(AT.getEpochSecond() * 1_000_000 + 1);
	}

	@Test
	void looksAgainAtPeopleOfWhomOtherThingsAreSaid() {
		Activities deeds = Activities.of(List.of(event("identify", "", "{}", AT), event("page", "Home", "{}", AT),
				event("track", "Email Opened", "{\"machine\":true}", AT)));
		assertThat(deeds.types()).isEmpty();
		assertThat(deeds.profiles()).hasSize(3);
		assertThat(deeds.numbers()).containsOnly(0);
	}

	@Test
	void makesNoDeedsOfTheFuture() {
		Activities deeds = Activities.of(List.of(event("track", "Signed Up", "{}", AT.plusSeconds(99))));
		assertThat(deeds.times()).containsExactly(AT.getEpochSecond() * 1_000_000 + 1);
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
	void readsWorthAsSourcesReallySendIt(String properties, long worth) {
		assertThat(Activities.of(List.of(event("track", "Order Completed", properties, AT))).worths())
			.containsExactly(worth);
	}

	private static Event event(String type, String name, String properties, Instant occurredAt) {
		try {
			return new Event(new UUID(0, 0), SOMEBODY, type, name, new ObjectMapper().readTree(properties),
					JsonNodeFactory.instance.objectNode(), occurredAt, AT, "m");
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(properties, ex);
		}
	}

}
