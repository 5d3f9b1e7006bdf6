package io.waypost.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.journey.SingleMessages;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * What happens in the sample shop just now, so that the first page is alive: newcomers
 * sign up, carts are left behind, and one letter asks for a second pair of eyes. Journeys
 * and agents do the rest.
 */
@Component
@ConditionalOnSample
class SampleLiveEvents {

	/** Beyond the people with a history. */
	private static final int FIRST_NEWCOMER = 10_001;

	private static final int NEWCOMERS_AWAKE = 10;

	private static final int NEWCOMERS_ASLEEP = 1;

	private static final int CARTS = 6;

	/** Nobody has approved this template. */
	private static final String DOUBTFUL = "spring-letter";

	private final SampleEventSender door;

	private final SingleMessages messages;

	private final Clock clock;

	SampleLiveEvents(SampleEventSender door, SingleMessages messages, Clock clock) {
		this.door = door;
		this.messages = messages;
		this.clock = clock;
	}

	void send(TenantId tenant, SampleCatalogue assortment, TrackingMessages source, int people) {
		Instant now = this.clock.instant();
		ShopperGenerator population = new ShopperGenerator(assortment.categories(), now);
		List<ObjectNode> events = new ArrayList<>();
		newcomers(population, now).forEach((shopper) -> {
			TrackingMessages.ShopperMessages writer = source.writer(shopper);
			events.add(writer.identify(now));
			events.add(writer.track("Signed Up", now, JsonNodeFactory.instance.objectNode()));
		});
		carts(population, people, now).forEach((shopper) -> events.add(cart(assortment, source, shopper, now)));
		this.door.send(tenant, events);
		askForALetter(tenant, population, people, now);
	}

	/** Ada is where it is day at every start; her history comes with the first. */
	void sendDemoShopper(TenantId tenant, SampleCatalogue assortment, TrackingMessages source) {
		Instant now = this.clock.instant();
		SampleShopper ada = DemoShopper.at(now, assortment.categories());
		List<ObjectNode> events = new ArrayList<>(new ShopperHistory(assortment, source).of(ada));
		ObjectNode arrival = source.writer(ada).identify(now);
		arrival.put("messageId", "sample-ada-" + now.truncatedTo(ChronoUnit.SECONDS));
		events.add(arrival);
		this.door.send(tenant, events);
	}

	private static List<SampleShopper> newcomers(ShopperGenerator population, Instant now) {
		Stream<SampleShopper> awake = candidates(population).filter((shopper) -> isDay(shopper, now))
			.limit(NEWCOMERS_AWAKE);
		Stream<SampleShopper> asleep = candidates(population)
			.filter((shopper) -> shopper.consent() == SampleShopper.ShopperConsent.GRANTED && !isDay(shopper, now))
			.limit(NEWCOMERS_ASLEEP);
		return Stream.concat(awake, asleep).toList();
	}

	private static Stream<SampleShopper> candidates(ShopperGenerator population) {
		return IntStream.range(FIRST_NEWCOMER, FIRST_NEWCOMER + 500).mapToObj(population::shopper);
	}

	private static List<SampleShopper> carts(ShopperGenerator population, int people, Instant now) {
		return known(population, people, now).skip(1).limit(CARTS).toList();
	}

	/** People with a history who agreed to hear from the shop and are awake. */
	private static Stream<SampleShopper> known(ShopperGenerator population, int people, Instant now) {
		return IntStream.rangeClosed(1, people)
			.mapToObj(population::shopper)
			.filter((shopper) -> shopper.consent() == SampleShopper.ShopperConsent.GRANTED && isDay(shopper, now))
			.filter((shopper) -> shopper.locale().startsWith("en"));
	}

	private static ObjectNode cart(SampleCatalogue assortment, TrackingMessages source, SampleShopper shopper,
			Instant now) {
		List<SampleCatalogue.SampleProduct> shelf = assortment.productsIn(shopper.favourite());
		SampleCatalogue.SampleProduct goods = shelf.get(shopper.number() % shelf.size());
		ObjectNode line = source.product(goods, 1).put("cart_id", "cart-" + shopper.number() + "-now");
		ObjectNode message = source.writer(shopper).track("Product Added", now, line);
		return message.put("messageId", "sample-now-" + shopper.number());
	}

	private void askForALetter(TenantId tenant, ShopperGenerator population, int people, Instant now) {
		Optional<SampleShopper> reader = known(population, people, now).findFirst();
		Caller editor = new Caller(tenant, "demo", EnumSet.of(Role.MARKETER));
		reader.ifPresent(
				(shopper) -> this.messages.trigger(editor, shopper.userId(), DOUBTFUL, Map.of(), "sample-" + DOUBTFUL));
	}

	private static boolean isDay(SampleShopper shopper, Instant now) {
		int hour = now.atZone(ZoneId.of(shopper.timeZone())).getHour();
		return hour >= 9 && hour < 20;
	}

}
