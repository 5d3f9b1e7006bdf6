package io.waypost.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
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
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Creates current activity in the sample shop for the first start: newcomers sign up,
 * carts are abandoned, and one message needs a review. Journeys and agents process these
 * events.
 */
@Component
@ConditionalOnSample
class SampleLiveEvents {

	/** Numbers above those of the shoppers with a history. */
	private static final int FIRST_NEWCOMER = 10_001;

	private static final int NEWCOMERS_BY_DAY = 10;

	private static final int NEWCOMERS_BY_NIGHT = 1;

	private static final int CARTS = 6;

	/** A template that is not approved, so its message needs a review. */
	private static final String UNAPPROVED = "spring-letter";

	private final SampleEventSender sender;

	private final SingleMessages messages;

	private final IdGenerator ids;

	private final Clock clock;

	SampleLiveEvents(SampleEventSender sender, SingleMessages messages, IdGenerator ids, Clock clock) {
		this.sender = sender;
		this.messages = messages;
		this.ids = ids;
		this.clock = clock;
	}

	void send(TenantId tenant, SampleCatalogue catalogue, TrackingMessages tracking, int people) {
		Instant now = this.clock.instant();
		ShopperGenerator generator = new ShopperGenerator(catalogue.categories(), now);
		List<ObjectNode> events = new ArrayList<>();
		newcomers(generator, now).forEach((shopper) -> {
			TrackingMessages.ShopperMessages ofShopper = tracking.of(shopper);
			events.add(ofShopper.identify(now));
			events.add(ofShopper.track("Signed Up", now, JsonNodeFactory.instance.objectNode()));
		});
		cartOwners(generator, people, now)
			.forEach((shopper) -> events.add(productAdded(catalogue, tracking, shopper, now)));
		this.sender.send(tenant, events);
		requestReviewedMessage(tenant, generator, people, now);
	}

	private static List<SampleShopper> newcomers(ShopperGenerator generator, Instant now) {
		Stream<SampleShopper> byDay = candidates(generator).filter((shopper) -> isDay(shopper, now))
			.limit(NEWCOMERS_BY_DAY);
		Stream<SampleShopper> byNight = candidates(generator)
			.filter((shopper) -> shopper.consent() == SampleShopper.ShopperConsent.GRANTED && !isDay(shopper, now))
			.limit(NEWCOMERS_BY_NIGHT);
		return Stream.concat(byDay, byNight).toList();
	}

	private static Stream<SampleShopper> candidates(ShopperGenerator generator) {
		return IntStream.range(FIRST_NEWCOMER, FIRST_NEWCOMER + 500).mapToObj(generator::shopper);
	}

	private static List<SampleShopper> cartOwners(ShopperGenerator generator, int people, Instant now) {
		return reachable(generator, people, now).skip(1).limit(CARTS).toList();
	}

	/**
	 * English-speaking shoppers with a history and consent, outside their quiet hours.
	 */
	private static Stream<SampleShopper> reachable(ShopperGenerator generator, int people, Instant now) {
		return IntStream.rangeClosed(1, people)
			.mapToObj(generator::shopper)
			.filter((shopper) -> shopper.consent() == SampleShopper.ShopperConsent.GRANTED && isDay(shopper, now))
			.filter((shopper) -> shopper.locale().startsWith("en"));
	}

	private static ObjectNode productAdded(SampleCatalogue catalogue, TrackingMessages tracking, SampleShopper shopper,
			Instant now) {
		List<SampleCatalogue.SampleProduct> products = catalogue.productsIn(shopper.favourite());
		SampleCatalogue.SampleProduct product = products.get(shopper.number() % products.size());
		ObjectNode line = tracking.product(product, 1).put("cart_id", "cart-" + shopper.number() + "-now");
		ObjectNode message = tracking.of(shopper).track("Product Added", now, line);
		return message.put("messageId", "sample-now-" + shopper.number());
	}

	private void requestReviewedMessage(TenantId tenant, ShopperGenerator generator, int people, Instant now) {
		Optional<SampleShopper> recipient = reachable(generator, people, now).findFirst();
		Caller editor = new Caller(tenant, "demo", EnumSet.of(Role.MARKETER));
		recipient.ifPresent(
				(shopper) -> this.messages.trigger(editor, shopper.userId(), UNAPPROVED, Map.of(), this.ids.next()));
	}

	private static boolean isDay(SampleShopper shopper, Instant now) {
		int hour = now.atZone(ZoneId.of(shopper.timeZone())).getHour();
		return hour >= 9 && hour < 20;
	}

}
