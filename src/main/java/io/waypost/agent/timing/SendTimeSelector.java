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
 * Selects the send time of each recipient of a chunk. Results are reused for recipients
 * with the same time zone and the same number of recent messages. Not thread-safe.
 */
public final class SendTimeSelector {

	/** Share of recipients with a random hour; needed to compare hours without bias. */
	static final double RANDOM_SHARE = 0.05;

	/** Messages of an hour are spread over its first 55 minutes. */
	private static final long SPREAD_SECONDS = 55 * 60;

	private final ContentBrief brief;

	private final Instant now;

	private final Throttling throttling;

	private final SendTimeModel model;

	private final Bucketing randomGroup;

	private final Bucketing randomSlot;

	private final Bucketing spread;

	private final Map<String, Zone> zones = new HashMap<>();

	private final Map<Throttling.ThrottlingInput, Throttling.ThrottlingResult> results = new HashMap<>();

	public SendTimeSelector(ContentBrief brief, Instant now, Throttling throttling, SendTimeModel model) {
		this.brief = brief;
		this.now = now;
		this.throttling = throttling;
		this.model = model;
		this.randomGroup = Bucketing.of("send-time/slice/" + brief.campaign());
		this.randomSlot = Bucketing.of("send-time/slot/" + brief.campaign());
		this.spread = Bucketing.of("send-time/spread/" + brief.campaign());
	}

	/**
	 * The send time of a recipient.
	 *
	 * @param result answer of the throttling table for the selected hour, or for now
	 * @param input input of the throttling table
	 * @param zone the recipient's time zone
	 * @param at earliest send time; null to send now and unless the result is SEND
	 * @param explanation how the hour was selected; null when none was
	 */
	public record SelectedTime(Throttling.ThrottlingResult result, Throttling.ThrottlingInput input, ZoneId zone,
			@Nullable Instant at, @Nullable Map<String, Object> explanation) {

	}

	public SelectedTime select(ProfileId person, ZoneId zone, RecipientFacts facts, int deferrals) {
		Throttling.ThrottlingInput input = input(this.throttling.localHour(this.now, zone), facts.sent(), deferrals);
		Duration within = this.brief.bestHourWithin();
		if (within == null) {
			return new SelectedTime(throttle(input), input, zone, null, null);
		}
		Zone clock = this.zones.computeIfAbsent(zone.getId(), (id) -> zone(zone, within));
		int[] allowed = IntStream.range(0, clock.slots().hours().length)
			.filter((slot) -> isAllowed(input(hour(clock, slot), facts.sent(), deferrals)))
			.toArray();
		return (allowed.length == 0) ? new SelectedTime(throttle(input), input, zone, null, null)
				: choose(person, zone, clock, allowed, facts, deferrals);
	}

	private SelectedTime choose(ProfileId person, ZoneId zone, Zone clock, int[] allowed, RecipientFacts facts,
			int deferrals) {
		int[] hours = Arrays.stream(allowed).map((slot) -> clock.slots().hours()[slot]).toArray();
		SendTimeModel.HourChoice best = this.model.choose(zone.getId(),
				facts.features().engagedHours().local(clock.offset()), hours);
		boolean random = this.randomGroup.position(person.value()) < RANDOM_SHARE;
		int taken = random ? (int) (this.randomSlot.position(person.value()) * allowed.length) : best.slot();
		double propensity = RANDOM_SHARE / allowed.length + ((taken == best.slot()) ? 1 - RANDOM_SHARE : 0);
		int slot = allowed[taken];
		Map<String, Object> chosen = new LinkedHashMap<>();
		chosen.put("localHour", hours[taken]);
		chosen.put("source", random ? "random" : best.source());
		chosen.put("propensity", Math.round(propensity * 10_000) / 10_000.0);
		if (!random && best.gain() > 0) {
			chosen.put("gain", Math.round(best.gain() * 1_000) / 1_000.0);
		}
		chosen.put("version", SendTimeModel.VERSION);
		Throttling.ThrottlingInput input = input(hour(clock, slot), facts.sent(), deferrals);
		Instant at = (slot == 0) ? null : spread(person, clock.slots().starts()[slot]);
		return new SelectedTime(throttle(input), input, zone, at, chosen);
	}

	private Instant spread(ProfileId person, Instant start) {
		return start.plusSeconds((long) (this.spread.position(person.value()) * SPREAD_SECONDS));
	}

	private Zone zone(ZoneId zone, Duration within) {
		return new Zone(HourSlots.of(this.now, zone, within), SendTimeModels.offset(zone, this.now));
	}

	/** With {@code waypost.fast-time} every hour counts as noon. */
	private int hour(Zone clock, int slot) {
		return this.throttling.isFastTime() ? Throttling.NOON : clock.slots().hours()[slot];
	}

	private boolean isAllowed(Throttling.ThrottlingInput input) {
		return throttle(input).action() == Throttling.ThrottlingAction.SEND;
	}

	private Throttling.ThrottlingInput input(int hour, RecentSendCounts sent, int deferrals) {
		return new Throttling.ThrottlingInput(this.brief.topic(), hour, sent, deferrals);
	}

	private Throttling.ThrottlingResult throttle(Throttling.ThrottlingInput input) {
		return this.results.computeIfAbsent(input, this.throttling::evaluate);
	}

	private record Zone(HourSlots slots, int offset) {

	}

}
