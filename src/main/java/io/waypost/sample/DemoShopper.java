package io.waypost.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Ada, the shopper that the README uses. Her history is sent at the first start. At every
 * later start she only moves to a time zone where it is day, so that quiet hours do not
 * delay her messages. Her consents stay as they are, and if she was erased she is not
 * created again.
 */
@Component
@ConditionalOnSample
class DemoShopper {

	static final String USER_ID = "ada";

	private static final List<String> TIME_ZONES = List.of("Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo",
			"Asia/Kolkata", "Asia/Dubai", "Europe/Helsinki", "Europe/London", "America/Sao_Paulo", "America/New_York",
			"America/Denver", "America/Anchorage", "Pacific/Honolulu");

	private final SampleEventSender sender;

	private final SampleProgress progress;

	private final Profiles profiles;

	private final Clock clock;

	DemoShopper(SampleEventSender sender, SampleProgress progress, Profiles profiles, Clock clock) {
		this.sender = sender;
		this.progress = progress;
		this.profiles = profiles;
		this.clock = clock;
	}

	/** Sends the history at the first start, and the time zone later. */
	void send(TenantId tenant, SampleCatalogue catalogue, TrackingMessages tracking) {
		Instant now = this.clock.instant();
		SampleShopper shopper = at(now, catalogue.categories());
		if (!this.progress.state(tenant).demoShopperLoaded()) {
			List<ObjectNode> events = new ArrayList<>(new ShopperHistory(catalogue, tracking).of(shopper));
			events.add(withId(tracking.of(shopper).identify(now), now));
			this.sender.send(tenant, events);
			this.progress.demoShopperLoaded(tenant);
		}
		else if (this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, USER_ID)).isPresent()) {
			this.sender.send(tenant, List.of(withId(tracking.of(shopper).identifyTimeZone(now), now)));
		}
	}

	private static ObjectNode withId(ObjectNode message, Instant now) {
		return message.put("messageId", "sample-ada-" + now.truncatedTo(ChronoUnit.SECONDS));
	}

	static SampleShopper at(Instant now, List<String> categories) {
		return new SampleShopper(0, USER_ID, "Ada", "Lindqvist", "ada@example.com", "GB", "en-GB", daytimeZone(now),
				ShopperPersona.REGULAR, SampleShopper.ShopperConsent.GRANTED, categories.getFirst(),
				now.minus(Duration.ofDays(200)), now.minus(Duration.ofDays(9)), 3);
	}

	/**
	 * The time zone in which it is closest to 10 a.m., so that ten hours of day remain.
	 */
	static String daytimeZone(Instant now) {
		return TIME_ZONES.stream()
			.min(Comparator.comparingInt((zone) -> Math.abs(now.atZone(ZoneId.of(zone)).getHour() - 10)))
			.orElseThrow();
	}

}
