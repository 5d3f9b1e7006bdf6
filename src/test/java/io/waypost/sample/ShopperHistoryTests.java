package io.waypost.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShopperHistoryTests {

	private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

	private final SampleCatalogue catalogue = new SampleCatalogue();

	private final ShopperGenerator generator = new ShopperGenerator(this.catalogue.categories(), NOW);

	private final ShopperHistory history = new ShopperHistory(this.catalogue,
			new TrackingMessages("http://127.0.0.1", "marketing"));

	@Test
	void givesTheSameHistoryForTheSamePerson() {
		assertThat(this.history.of(this.generator.shopper(7))).isEqualTo(this.history.of(this.generator.shopper(7)));
	}

	@Test
	void endsHoursBeforeTheFirstStart() {
		List<Instant> times = everything().map((message) -> Instant.parse(message.get("timestamp").textValue()))
			.toList();
		assertThat(times).isNotEmpty().allSatisfy((time) -> assertThat(time).isBefore(NOW.minus(Duration.ofHours(12))));
		assertThat(times).anySatisfy((time) -> assertThat(time).isBefore(NOW.minus(Duration.ofDays(180))));
	}

	@Test
	void neverRepeatsAMessageId() {
		assertThat(everything().map((message) -> message.get("messageId").textValue())).doesNotHaveDuplicates();
	}

	@Test
	void usesReservedDomainsOnly() {
		assertThat(people()).allSatisfy(
				(shopper) -> assertThat(shopper.email()).matches("[a-z]+\\.[a-z]+\\d+@example\\.(com|org|net)"));
	}

	@Test
	void containsAllConsentsAndEvents() {
		Map<SampleShopper.ShopperConsent, Long> answers = people().stream()
			.collect(Collectors.groupingBy(SampleShopper::consent, Collectors.counting()));
		assertThat(answers).hasSize(4).allSatisfy((answer, count) -> assertThat(count).isGreaterThan(100));
		Set<String> names = everything().map((message) -> message.path("event").asText()).collect(Collectors.toSet());
		assertThat(names).contains("Signed Up", "Product Viewed", "Product Added", "Order Completed", "Email Opened",
				"Email Link Clicked");
	}

	private List<SampleShopper> people() {
		return IntStream.rangeClosed(1, 2_000).mapToObj(this.generator::shopper).toList();
	}

	private Stream<ObjectNode> everything() {
		return people().stream().flatMap((shopper) -> this.history.of(shopper).stream());
	}

}
