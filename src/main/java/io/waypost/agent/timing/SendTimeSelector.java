package io.waypost.agent.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.waypost.agent.ContentBrief;
import io.waypost.agent.decide.RecipientFacts;
import io.waypost.feature.EngagedHours;
import io.waypost.kernel.Bucketing;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Selects the send time of each recipient for one topic. Results are reused for
 * recipients with the same time zone and the same number of recent messages. Not
 * thread-safe.
 */
public final class SendTimeSelector {

	/** Share of recipients with a random hour; needed to compare hours without bias. */
	static final double RANDOM_SHARE = 0.05;

	/** Messages of an hour are spread over its first 55 minutes. */
	private static final long SPREAD_SECONDS = 55 * 60;

	private final TenantId tenant;

	private final String topic;

	private final Instant now;

	private final QuietHoursAndCaps throttling;

	private final @Nullable BestHour bestHour;

	private final Map<String, Zone> zones = new HashMap<>();

	private final Map<QuietHoursAndCaps.ThrottlingInput, QuietHoursAndCaps.ThrottlingResult> results = new HashMap<>();

	/** Selects the send time of messages that leave at once if they may. */
	public SendTimeSelector(TenantId tenant, String topic, Instant now, QuietHoursAndCaps throttling) {
		this.tenant = tenant;
		this.topic = topic;
		this.now = now;
		this.throttling = throttling;
		this.bestHour = null;
	}

	/**
	 * Selects the send time of a campaign's messages, by the recipient's best hour where
	 * the brief has a send-time optimisation window.
	 */
	public SendTimeSelector(TenantId tenant, ContentBrief brief, Instant now, QuietHoursAndCaps throttling,
			SendTimeModel model) {
		this.tenant = tenant;
		this.topic = brief.topic();
		this.now = now;
		this.throttling = throttling;
		this.bestHour = (brief.bestHourWithin() != null) ? BestHour.of(brief, brief.bestHourWithin(), model) : null;
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
	public record SelectedTime(QuietHoursAndCaps.ThrottlingResult result, QuietHoursAndCaps.ThrottlingInput input,
			ZoneId zone, @Nullable Instant at, @Nullable Map<String, Object> explanation) {

	}

	public SelectedTime select(RecipientFacts facts, ZoneId zone) {
		QuietHoursAndCaps.ThrottlingInput input = input(this.throttling.localHour(this.now, zone), facts);
		BestHour best = this.bestHour;
		if (best == null) {
			return new SelectedTime(throttle(input), input, zone, null, null);
		}
		Zone clock = this.zones.computeIfAbsent(zone.getId(), (id) -> zone(zone, best.within()));
		int[] allowed = IntStream.range(0, clock.slots().hours().length)
			.filter((slot) -> isAllowed(input(hour(clock, slot), facts)))
			.toArray();
		return (allowed.length == 0) ? new SelectedTime(throttle(input), input, zone, null, null)
				: choose(best, zone, clock, allowed, facts);
	}

	private SelectedTime choose(BestHour best, ZoneId zone, Zone clock, int[] allowed, RecipientFacts facts) {
		UUID recipient = facts.recipient().value();
		int[] hours = Arrays.stream(allowed).map((slot) -> clock.slots().hours()[slot]).toArray();
		EngagedHours engaged = (facts.features() != null) ? facts.features().engagedHours() : EngagedHours.NONE;
		SendTimeModel.HourChoice choice = best.model().choose(zone.getId(), engaged.local(clock.offset()), hours);
		boolean random = best.randomGroup().position(recipient) < RANDOM_SHARE;
		int taken = random ? (int) (best.randomSlot().position(recipient) * allowed.length) : choice.slot();
		double propensity = RANDOM_SHARE / allowed.length + ((taken == choice.slot()) ? 1 - RANDOM_SHARE : 0);
		int slot = allowed[taken];
		Map<String, Object> chosen = new LinkedHashMap<>();
		chosen.put("localHour", hours[taken]);
		chosen.put("source", random ? "random" : choice.source());
		chosen.put("propensity", Math.round(propensity * 10_000) / 10_000.0);
		if (!random && choice.gain() > 0) {
			chosen.put("gain", Math.round(choice.gain() * 1_000) / 1_000.0);
		}
		chosen.put("version", SendTimeModel.VERSION);
		QuietHoursAndCaps.ThrottlingInput input = input(hour(clock, slot), facts);
		Instant at = (slot == 0) ? null
				: this.throttling.fastTime().shorten(spread(best, recipient, clock.slots().starts()[slot]));
		return new SelectedTime(throttle(input), input, zone, at, chosen);
	}

	private static Instant spread(BestHour best, UUID recipient, Instant start) {
		return start.plusSeconds((long) (best.spread().position(recipient) * SPREAD_SECONDS));
	}

	private Zone zone(ZoneId zone, Duration within) {
		return new Zone(HourSlots.of(this.now, zone, within), SendTimeModels.offset(zone, this.now));
	}

	/** With {@code waypost.fast-time} every hour counts as noon. */
	private int hour(Zone clock, int slot) {
		return this.throttling.fastTime().enabled() ? QuietHoursAndCaps.NOON : clock.slots().hours()[slot];
	}

	private boolean isAllowed(QuietHoursAndCaps.ThrottlingInput input) {
		return throttle(input).action() == QuietHoursAndCaps.ThrottlingAction.SEND;
	}

	private QuietHoursAndCaps.ThrottlingInput input(int hour, RecipientFacts facts) {
		return new QuietHoursAndCaps.ThrottlingInput(this.topic, hour, facts.sent(), facts.deferrals());
	}

	private QuietHoursAndCaps.ThrottlingResult throttle(QuietHoursAndCaps.ThrottlingInput input) {
		return this.results.computeIfAbsent(input, (key) -> this.throttling.evaluate(this.tenant, key));
	}

	private record Zone(HourSlots slots, int offset) {

	}

	/**
	 * How a campaign selects hours. A repetition selects the same hour for a recipient.
	 */
	private record BestHour(Duration within, SendTimeModel model, Bucketing randomGroup, Bucketing randomSlot,
			Bucketing spread) {

		static BestHour of(ContentBrief brief, Duration within, SendTimeModel model) {
			return new BestHour(within, model, Bucketing.of("send-time/slice/" + brief.campaign()),
					Bucketing.of("send-time/slot/" + brief.campaign()),
					Bucketing.of("send-time/spread/" + brief.campaign()));
		}

	}

	/**
	 * The next hours in a time zone, one after the other in elapsed time: an hour that is
	 * skipped when clocks change is missing, one that is repeated occurs twice.
	 *
	 * @param starts start of each hour; the first has already begun
	 * @param hours local hour, 0 to 23
	 */
	record HourSlots(Instant[] starts, int[] hours) {

		private static final int MAX_HOURS = 24;

		static HourSlots of(Instant now, ZoneId zone, Duration within) {
			int count = Math.clamp(within.toHours(), 1, MAX_HOURS);
			ZonedDateTime hour = now.atZone(zone).truncatedTo(ChronoUnit.HOURS);
			Instant[] starts = new Instant[count];
			int[] hours = new int[count];
			for (int slot = 0; slot < count; slot++) {
				// ZonedDateTime adds hours as elapsed time
				ZonedDateTime start = hour.plusHours(slot);
				starts[slot] = start.toInstant();
				hours[slot] = start.getHour();
			}
			return new HourSlots(starts, hours);
		}

	}

}
