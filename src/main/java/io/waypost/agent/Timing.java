package io.waypost.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.waypost.agent.timing.SendTimes;
import io.waypost.delivery.RecentSends;
import io.waypost.kernel.Bucketing;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Decides when people of one chunk are written to. What it worked out for one person it
 * knows for the next of the same zone and the same number of messages lately.
 */
final class Timing {

	/** This share of people gets any of the hours, so that hours can be compared. */
	static final double RANDOM_SHARE = 0.05;

	/** Messages of an hour are spread over this much of it. */
	private static final long SPREAD_SECONDS = 55 * 60;

	private final CampaignBrief brief;

	private final Instant now;

	private final Throttling throttling;

	private final SendTimes times;

	private final Bucketing slice;

	private final Bucketing dice;

	private final Bucketing spread;

	private final Map<String, Zone> zones = new HashMap<>();

	private final Map<Throttling.Question, Throttling.Ruling> rulings = new HashMap<>();

	Timing(CampaignBrief brief, Instant now, Throttling throttling, SendTimes times) {
		this.brief = brief;
		this.now = now;
		this.throttling = throttling;
		this.times = times;
		this.slice = Bucketing.of("send-time/slice/" + brief.campaign());
		this.dice = Bucketing.of("send-time/slot/" + brief.campaign());
		this.spread = Bucketing.of("send-time/spread/" + brief.campaign());
	}

	/**
	 * When a person is written to.
	 *
	 * @param ruling what the throttling table says: of the hour chosen, or of now
	 * @param question what it was asked
	 * @param zone whose clock
	 * @param at not before when; null for at once, and unless the ruling is SEND
	 * @param chosen how the hour was chosen, for the explanation; null without a choice
	 */
	record When(Throttling.Ruling ruling, Throttling.Question question, ZoneId zone, @Nullable Instant at,
			@Nullable Map<String, Object> chosen) {

	}

	When decide(ProfileId person, ZoneId zone, PersonalFacts facts, int deferrals) {
		Throttling.Question question = question(this.throttling.localHour(this.now, zone), facts.sent(), deferrals);
		Duration within = this.brief.bestHourWithin();
		if (within == null) {
			return new When(ruling(question), question, zone, null, null);
		}
		Zone clock = this.zones.computeIfAbsent(zone.getId(), (id) -> zone(zone, within));
		int[] open = IntStream.range(0, clock.slots().hours().length)
			.filter((slot) -> opens(question(hour(clock, slot), facts.sent(), deferrals)))
			.toArray();
		return (open.length == 0) ? new When(ruling(question), question, zone, null, null)
				: choose(person, zone, clock, open, facts, deferrals);
	}

	private When choose(ProfileId person, ZoneId zone, Zone clock, int[] open, PersonalFacts facts, int deferrals) {
		int[] hours = Arrays.stream(open).map((slot) -> clock.slots().hours()[slot]).toArray();
		SendTimes.Choice best = this.times.choose(zone.getId(), facts.features().engagedHours().local(clock.offset()),
				hours);
		boolean random = this.slice.place(person.value()) < RANDOM_SHARE;
		int taken = random ? (int) (this.dice.place(person.value()) * open.length) : best.slot();
		double propensity = RANDOM_SHARE / open.length + ((taken == best.slot()) ? 1 - RANDOM_SHARE : 0);
		int slot = open[taken];
		Map<String, Object> chosen = new LinkedHashMap<>();
		chosen.put("localHour", hours[taken]);
		chosen.put("source", random ? "random" : best.source());
		chosen.put("propensity", Math.round(propensity * 10_000) / 10_000.0);
		if (!random && best.gain() > 0) {
			chosen.put("gain", Math.round(best.gain() * 1_000) / 1_000.0);
		}
		chosen.put("version", SendTimes.VERSION);
		Throttling.Question question = question(hour(clock, slot), facts.sent(), deferrals);
		Instant at = (slot == 0) ? null : spread(person, clock.slots().starts()[slot]);
		return new When(ruling(question), question, zone, at, chosen);
	}

	private Instant spread(ProfileId person, Instant start) {
		return start.plusSeconds((long) (this.spread.place(person.value()) * SPREAD_SECONDS));
	}

	private Zone zone(ZoneId zone, Duration within) {
		return new Zone(Slots.of(this.now, zone, within), LearnedTimes.offset(zone, this.now));
	}

	/** In fast time every hour is noon. */
	private int hour(Zone clock, int slot) {
		return this.throttling.isFast() ? Throttling.NOON : clock.slots().hours()[slot];
	}

	private boolean opens(Throttling.Question question) {
		return ruling(question).decision() == Throttling.Decision.SEND;
	}

	private Throttling.Question question(int hour, RecentSends sent, int deferrals) {
		return new Throttling.Question(this.brief.topic(), hour, sent, deferrals);
	}

	private Throttling.Ruling ruling(Throttling.Question question) {
		return this.rulings.computeIfAbsent(question, this.throttling::rule);
	}

	private record Zone(Slots slots, int offset) {

	}

}
