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
class LiveScene {

	/** Beyond the people with a history. */
	private static final int FIRST_NEWCOMER = 10_001;

	private static final int NEWCOMERS_AWAKE = 10;

	private static final int NEWCOMERS_ASLEEP = 1;

	private static final int CARTS = 6;

	/** Nobody has approved this template. */
	private static final String DOUBTFUL = "spring-letter";

	private final FrontDoor door;

	private final SingleMessages messages;

	private final Clock clock;

	LiveScene(FrontDoor door, SingleMessages messages, Clock clock) {
		this.door = door;
		this.messages = messages;
		this.clock = clock;
	}

	void play(TenantId tenant, Assortment assortment, SourceMessages source, int people) {
		Instant now = this.clock.instant();
		Population population = new Population(assortment.categories(), now);
		List<ObjectNode> events = new ArrayList<>();
		newcomers(population, now).forEach((shopper) -> {
			SourceMessages.Writer writer = source.writer(shopper);
			events.add(writer.identify(now));
			events.add(writer.track("Signed Up", now, JsonNodeFactory.instance.objectNode()));
		});
		carts(population, people, now).forEach((shopper) -> events.add(cart(assortment, source, shopper, now)));
		this.door.take(tenant, events);
		askForALetter(tenant, population, people, now);
	}

	/** Ada is where it is day at every start; her history comes with the first. */
	void welcomeAda(TenantId tenant, Assortment assortment, SourceMessages source) {
		Instant now = this.clock.instant();
		Shopper ada = Traveller.at(now, assortment.categories());
		List<ObjectNode> events = new ArrayList<>(new History(assortment, source).of(ada));
		ObjectNode arrival = source.writer(ada).identify(now);
		arrival.put("messageId", "sample-ada-" + now.truncatedTo(ChronoUnit.SECONDS));
		events.add(arrival);
		this.door.take(tenant, events);
	}

	private static List<Shopper> newcomers(Population population, Instant now) {
		Stream<Shopper> awake = candidates(population).filter((shopper) -> isDay(shopper, now)).limit(NEWCOMERS_AWAKE);
		Stream<Shopper> asleep = candidates(population)
			.filter((shopper) -> shopper.answer() == Shopper.Answer.YES && !isDay(shopper, now))
			.limit(NEWCOMERS_ASLEEP);
		return Stream.concat(awake, asleep).toList();
	}

	private static Stream<Shopper> candidates(Population population) {
		return IntStream.range(FIRST_NEWCOMER, FIRST_NEWCOMER + 500).mapToObj(population::shopper);
	}

	private static List<Shopper> carts(Population population, int people, Instant now) {
		return known(population, people, now).skip(1).limit(CARTS).toList();
	}

	/** People with a history who agreed to hear from the shop and are awake. */
	private static Stream<Shopper> known(Population population, int people, Instant now) {
		return IntStream.rangeClosed(1, people)
			.mapToObj(population::shopper)
			.filter((shopper) -> shopper.answer() == Shopper.Answer.YES && isDay(shopper, now))
			.filter((shopper) -> shopper.locale().startsWith("en"));
	}

	private static ObjectNode cart(Assortment assortment, SourceMessages source, Shopper shopper, Instant now) {
		List<Assortment.Goods> shelf = assortment.in(shopper.favourite());
		Assortment.Goods goods = shelf.get(shopper.number() % shelf.size());
		ObjectNode line = source.product(goods, 1).put("cart_id", "cart-" + shopper.number() + "-now");
		ObjectNode message = source.writer(shopper).track("Product Added", now, line);
		return message.put("messageId", "sample-now-" + shopper.number());
	}

	private void askForALetter(TenantId tenant, Population population, int people, Instant now) {
		Optional<Shopper> reader = known(population, people, now).findFirst();
		Caller editor = new Caller(tenant, "demo", EnumSet.of(Role.MARKETER));
		reader.ifPresent(
				(shopper) -> this.messages.trigger(editor, shopper.userId(), DOUBTFUL, Map.of(), "sample-" + DOUBTFUL));
	}

	private static boolean isDay(Shopper shopper, Instant now) {
		int hour = now.atZone(ZoneId.of(shopper.timeZone())).getHour();
		return hour >= 9 && hour < 20;
	}

}
