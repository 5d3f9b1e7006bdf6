package io.waypost.feature.state;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Opens, clicks and shop activity of a person; machine events are excluded. */
public final class EngagementState {

	private static final double CLICK = 0.5;

	private static final double OPEN = 0.2;

	private static final double ACTIVITY = 0.02;

	private static final long LONGEST_DELAY_SECONDS = Duration.ofDays(30).toSeconds();

	private DecayedSum opens = new DecayedSum();

	private DecayedSum clicks = new DecayedSum();

	private DecayedSum activity = new DecayedSum();

	private long lastOpenAt;

	private long lastClickAt;

	private long lastActivityAt;

	private long delays;

	private long delaySeconds;

	void recordOpen(JsonNode properties, long at) {
		this.opens.add(at, 1);
		this.lastOpenAt = Math.max(this.lastOpenAt, at);
		long delay = secondsSinceDelivery(properties, at);
		if (delay >= 0 && delay <= LONGEST_DELAY_SECONDS) {
			this.delays++;
			this.delaySeconds += delay;
		}
	}

	void recordClick(long at) {
		this.clicks.add(at, 1);
		this.lastClickAt = Math.max(this.lastClickAt, at);
	}

	void recordActivity(long at, int weight) {
		this.activity.add(at, weight);
		this.lastActivityAt = Math.max(this.lastActivityAt, at);
	}

	void merge(EngagementState other) {
		this.opens.merge(other.opens);
		this.clicks.merge(other.clicks);
		this.activity.merge(other.activity);
		this.lastOpenAt = Math.max(this.lastOpenAt, other.lastOpenAt);
		this.lastClickAt = Math.max(this.lastClickAt, other.lastClickAt);
		this.lastActivityAt = Math.max(this.lastActivityAt, other.lastActivityAt);
		this.delays += other.delays;
		this.delaySeconds += other.delaySeconds;
	}

	public double opensAt(Instant moment) {
		return this.opens.at(moment);
	}

	public double clicksAt(Instant moment) {
		return this.clicks.at(moment);
	}

	/**
	 * Computes the engagement score: {@code 100 * (1 - 2^-x)} with
	 * {@code x = 0.5 clicks + 0.2 opens + 0.02 activity}, all decayed. One click today
	 * gives 29, five clicks 82; {@code x} halves in 30 days without events.
	 * @return 0 to 100
	 */
	public int scoreAt(Instant moment) {
		double interest = CLICK * this.clicks.at(moment) + OPEN * this.opens.at(moment)
				+ ACTIVITY * this.activity.at(moment);
		return (int) Math.round(100 * (1 - StrictMath.pow(2, -interest)));
	}

	@Nullable public Double averageSecondsToOpen() {
		return this.delays > 0 ? (double) this.delaySeconds / this.delays : null;
	}

	public long lastOpenAt() {
		return this.lastOpenAt;
	}

	public long lastClickAt() {
		return this.lastClickAt;
	}

	/** Time of the newest event of the view, 0 if there is none. */
	public long newest() {
		return Math.max(this.lastActivityAt, Math.max(this.lastOpenAt, this.lastClickAt));
	}

	void write(StateWriter out) {
		this.opens.write(out);
		this.clicks.write(out);
		this.activity.write(out);
		out.number(this.lastOpenAt);
		out.number(this.lastClickAt);
		out.number(this.lastActivityAt);
		out.number(this.delays);
		out.number(this.delaySeconds);
	}

	static EngagementState read(StateReader in) {
		EngagementState state = new EngagementState();
		state.opens = DecayedSum.read(in);
		state.clicks = DecayedSum.read(in);
		state.activity = DecayedSum.read(in);
		state.lastOpenAt = in.number();
		state.lastClickAt = in.number();
		state.lastActivityAt = in.number();
		state.delays = in.number();
		state.delaySeconds = in.number();
		return state;
	}

	/**
	 * Read from the event itself: a join with the delivery would depend on the order of
	 * arrival.
	 */
	private static long secondsSinceDelivery(JsonNode properties, long at) {
		String delivered = EventProperties.text(properties, 40, "deliveredAt", "delivered_at");
		if (delivered == null) {
			return -1;
		}
		try {
			return Math.floorDiv(at - Instant.parse(delivered).toEpochMilli(), 1000);
		}
		catch (DateTimeParseException notATime) {
			return -1;
		}
	}

}
