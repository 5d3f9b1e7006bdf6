package io.waypost.agent.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.waypost.agent.ContentBrief;
import io.waypost.agent.RecipientFacts;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.kernel.Bucketing;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Decides when people of one chunk are written to. What it worked out for one person it
 * knows for the next of the same zone and the same number of messages lately.
 */
public final class SendTimeSelector {

	/** This share of people gets any of the hours, so that hours can be compared. */
	static final double RANDOM_SHARE = 0.05;

	/** Messages of an hour are spread over this much of it. */
	private static final long SPREAD_SECONDS = 55 * 60;

	private final ContentBrief brief;

	private final Instant now;

	private final Throttling throttling;

	private final SendTimeModel times;

	private final Bucketing slice;

	private final Bucketing dice;

	private final Bucketing spread;

	private final Map<String, Zone> zones = new HashMap<>();

	private final Map<Throttling.ThrottlingInput, Throttling.ThrottlingResult> rulings = new HashMap<>();

	public SendTimeSelector(ContentBrief brief, Instant now, Throttling throttling, SendTimeModel times) {
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
	public record SelectedTime(Throttling.ThrottlingResult result, Throttling.ThrottlingInput input, ZoneId zone,
			@Nullable Instant at, @Nullable Map<String, Object> explanation) {

	}

	public SelectedTime select(ProfileId person, ZoneId zone, RecipientFacts facts, int deferrals) {
		Throttling.ThrottlingInput question = question(this.throttling.localHour(this.now, zone), facts.sent(),
				deferrals);
		Duration within = this.brief.bestHourWithin();
		if (within == null) {
			return new SelectedTime(ruling(question), question, zone, null, null);
		}
		Zone clock = this.zones.computeIfAbsent(zone.getId(), (id) -> zone(zone, within));
		int[] open = IntStream.range(0, clock.slots().hours().length)
			.filter((slot) -> opens(question(hour(clock, slot), facts.sent(), deferrals)))
			.toArray();
		return (open.length == 0) ? new SelectedTime(ruling(question), question, zone, null, null)
				: choose(person, zone, clock, open, facts, deferrals);
	}

	private SelectedTime choose(ProfileId person, ZoneId zone, Zone clock, int[] open, RecipientFacts facts,
			int deferrals) {
		int[] hours = Arrays.stream(open).map((slot) -> clock.slots().hours()[slot]).toArray();
		SendTimeModel.HourChoice best = this.times.choose(zone.getId(),
				facts.features().engagedHours().local(clock.offset()), hours);
		boolean random = this.slice.position(person.value()) < RANDOM_SHARE;
		int taken = random ? (int) (this.dice.position(person.value()) * open.length) : best.slot();
		double propensity = RANDOM_SHARE / open.length + ((taken == best.slot()) ? 1 - RANDOM_SHARE : 0);
		int slot = open[taken];
		Map<String, Object> chosen = new LinkedHashMap<>();
		chosen.put("localHour", hours[taken]);
		chosen.put("source", random ? "random" : best.source());
		chosen.put("propensity", Math.round(propensity * 10_000) / 10_000.0);
		if (!random && best.gain() > 0) {
			chosen.put("gain", Math.round(best.gain() * 1_000) / 1_000.0);
		}
		chosen.put("version", SendTimeModel.VERSION);
		Throttling.ThrottlingInput question = question(hour(clock, slot), facts.sent(), deferrals);
		Instant at = (slot == 0) ? null : spread(person, clock.slots().starts()[slot]);
		return new SelectedTime(ruling(question), question, zone, at, chosen);
	}

	private Instant spread(ProfileId person, Instant start) {
		return start.plusSeconds((long) (this.spread.position(person.value()) * SPREAD_SECONDS));
	}

	private Zone zone(ZoneId zone, Duration within) {
		return new Zone(HourSlots.of(this.now, zone, within), SendTimeModels.offset(zone, this.now));
	}

	/** In fast time every hour is noon. */
	private int hour(Zone clock, int slot) {
		return this.throttling.isFastTime() ? Throttling.NOON : clock.slots().hours()[slot];
	}

	private boolean opens(Throttling.ThrottlingInput question) {
		return ruling(question).action() == Throttling.ThrottlingAction.SEND;
	}

	private Throttling.ThrottlingInput question(int hour, RecentSendCounts sent, int deferrals) {
		return new Throttling.ThrottlingInput(this.brief.topic(), hour, sent, deferrals);
	}

	private Throttling.ThrottlingResult ruling(Throttling.ThrottlingInput question) {
		return this.rulings.computeIfAbsent(question, this.throttling::evaluate);
	}

	private record Zone(HourSlots slots, int offset) {

	}

}
