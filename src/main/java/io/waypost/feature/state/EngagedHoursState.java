package io.waypost.feature.state;

import java.time.Duration;

import io.waypost.feature.EngagedHours;
import org.jspecify.annotations.Nullable;

/**
 * Counts opens and clicks by hour of the day in UTC. The time zone of a person may become
 * known later, and the state must not depend on it.
 */
public final class EngagedHoursState {

	private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

	/** Null without counts, as for most people. */
	private long @Nullable [] counts;

	private long newest;

	void add(long at) {
		counts()[(int) Math.floorMod(Math.floorDiv(at, HOUR_MILLIS), (long) EngagedHours.HOURS)]++;
		this.newest = Math.max(this.newest, at);
	}

	void merge(EngagedHoursState other) {
		if (other.counts != null) {
			long[] sums = counts();
			for (int hour = 0; hour < sums.length; hour++) {
				sums[hour] += other.counts[hour];
			}
			this.newest = Math.max(this.newest, other.newest);
		}
	}

	public EngagedHours hours() {
		return (this.counts != null) ? new EngagedHours(this.counts.clone()) : EngagedHours.NONE;
	}

	/** Time of the newest event of the view, 0 if there is none. */
	public long newest() {
		return this.newest;
	}

	/**
	 * Writes the counts. It must be the last part of a state: without counts nothing is
	 * written.
	 */
	void write(StateWriter out) {
		if (this.counts == null) {
			return;
		}
		out.number(this.newest);
		int mask = 0;
		for (int hour = 0; hour < EngagedHours.HOURS; hour++) {
			mask |= (this.counts[hour] > 0) ? 1 << hour : 0;
		}
		out.number(mask);
		for (long count : this.counts) {
			if (count > 0) {
				out.number(count);
			}
		}
	}

	static EngagedHoursState read(StateReader in) {
		EngagedHoursState state = new EngagedHoursState();
		if (in.hasMore()) {
			state.newest = in.number();
			long[] counts = state.counts();
			long mask = in.number();
			for (int hour = 0; hour < EngagedHours.HOURS; hour++) {
				if ((mask >> hour & 1) == 1) {
					counts[hour] = in.number();
				}
			}
		}
		return state;
	}

	private long[] counts() {
		long[] known = this.counts;
		if (known == null) {
			known = new long[EngagedHours.HOURS];
			this.counts = known;
		}
		return known;
	}

}
