package io.waypost.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Ada, the person that newcomers try things with. She travels: at every start she is
 * where it is day, so that quiet hours do not keep a newcomer waiting.
 */
final class DemoShopper {

	static final String USER_ID = "ada";

	private static final List<String> STOPS = List.of("Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo",
			"Asia/Kolkata", "Asia/Dubai", "Europe/Helsinki", "Europe/London", "America/Sao_Paulo", "America/New_York",
			"America/Denver", "America/Anchorage", "Pacific/Honolulu");

	private DemoShopper() {
	}

	static SampleShopper at(Instant now, List<String> categories) {
		return new SampleShopper(0, USER_ID, "Ada", "Lindqvist", "ada@example.com", "GB", "en-GB", daylight(now),
				ShopperPersona.REGULAR, SampleShopper.ShopperConsent.GRANTED, categories.getFirst(),
				now.minus(Duration.ofDays(200)), now.minus(Duration.ofDays(9)), 3);
	}

	/**
	 * The stop whose clock is nearest to ten in the morning: ten hours of day to come.
	 */
	static String daylight(Instant now) {
		String best = STOPS.getFirst();
		int least = Integer.MAX_VALUE;
		for (String stop : STOPS) {
			int distance = Math.abs(now.atZone(ZoneId.of(stop)).getHour() - 10);
			if (distance < least) {
				least = distance;
				best = stop;
			}
		}
		return best;
	}

}
