package io.waypost.agent.timing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the hours at which people answer: of all of them, of those in one time
 * zone, and how much single persons differ from them.
 *
 * <p>
 * A histogram of 24 hours from a handful of clicks is noise, and its best hour worse than
 * everybody's. So a person's counts move the common curve by one number only, its daily
 * wave (the first term of a Fourier series): {@code d = n / (n + k) (z - z0)}, where
 * {@code z} is the mean of the person's hours on the circle, {@code z0} that of the
 * common curve and {@code n} the number of counts. {@code k} is learned from people
 * (empirical Bayes, by moments): {@code k = s / t}, where {@code s = 1 - |z0|²} is the
 * variance of a single count and {@code t} the variance between people beyond that noise.
 * Where people do not differ by more than chance (two standard errors) {@code k} is
 * infinite and nobody is moved.
 */
public final class SendTimeModel {

	/** Version of the formula, for explanations. */
	public static final String VERSION = "send-time@v1";

	/** A person is moved only for a predicted gain of more than this. */
	public static final double MINIMUM_GAIN = 0.03;

	private static final double ACCOUNT_STRENGTH = 48;

	private static final double ZONE_STRENGTH = 200;

	private static final int COUNTS_OF_A_ZONE = 200;

	private static final int COUNTS_OF_AN_ACCOUNT = 100;

	private static final int FEWEST_COUNTS = 3;

	private static final int FEWEST_PEOPLE = 100;

	/** The last resort: ten in the morning. */
	private static final int MORNING = 10;

	private final EngagementCurve account;

	private final Map<String, EngagementCurve> zones;

	private final double shrinkage;

	private final boolean known;

	private SendTimeModel(EngagementCurve account, Map<String, EngagementCurve> zones, double shrinkage,
			boolean known) {
		this.account = account;
		this.zones = zones;
		this.shrinkage = shrinkage;
		this.known = known;
	}

	/**
	 * What one person did.
	 *
	 * @param zone where the person lives
	 * @param counts 24 counts by hour of the person's clock
	 */
	public record EngagementHistory(String zone, long[] counts) {

		long total() {
			return Arrays.stream(this.counts).sum();
		}

	}

	/**
	 * An hour, and what speaks for it.
	 *
	 * @param slot which of the hours asked about
	 * @param source {@code person}, {@code zone}, {@code account} or {@code default}
	 * @param gain by how much the person's own curve is higher there than where the
	 * others' is best; 0 unless the source is the person
	 */
	public record HourChoice(int slot, String source, double gain) {

	}

	/**
	 * Learns from people.
	 * @param people any number, also none
	 * @return what is known then
	 */
	public static SendTimeModel learn(List<EngagementHistory> people) {
		long[] all = new long[EngagementCurve.HOURS];
		Map<String, long[]> byZone = new HashMap<>();
		for (EngagementHistory person : people) {
			add(person.counts(), all);
			add(person.counts(), byZone.computeIfAbsent(person.zone(), (zone) -> new long[EngagementCurve.HOURS]));
		}
		EngagementCurve account = EngagementCurve.of(all, EngagementCurve.FLAT, ACCOUNT_STRENGTH).smoothed();
		Map<String, EngagementCurve> zones = new HashMap<>();
		byZone.forEach((zone, counts) -> {
			if (Arrays.stream(counts).sum() >= COUNTS_OF_A_ZONE) {
				zones.put(zone, EngagementCurve.of(counts, account, ZONE_STRENGTH).smoothed());
			}
		});
		return new SendTimeModel(account, zones, shrinkage(people, account),
				Arrays.stream(all).sum() >= COUNTS_OF_AN_ACCOUNT);
	}

	/**
	 * Chooses the best of some hours for a person.
	 * @param zone where the person lives
	 * @param counts 24 counts by hour of the person's clock
	 * @param hours the hours that may be chosen, on the person's clock, in the order of
	 * preference among equals; at least one
	 * @return which of them
	 */
	public HourChoice choose(String zone, long[] counts, int[] hours) {
		EngagementCurve own = this.zones.get(zone);
		EngagementCurve common = (own != null) ? own : this.account;
		int usual = best(common, hours);
		long total = Arrays.stream(counts).sum();
		if (this.known && total > 0) {
			EngagementCurve personal = personal(common, counts, total);
			int best = best(personal, hours);
			double gain = personal.at(hours[best]) / personal.at(hours[usual]) - 1;
			if (gain > MINIMUM_GAIN) {
				return new HourChoice(best, "person", gain);
			}
		}
		if (!this.known) {
			return new HourChoice(nearest(hours, MORNING), "default", 0);
		}
		return new HourChoice(usual, (own != null) ? "zone" : "account", 0);
	}

	/**
	 * How many of a person's counts the common curve is worth.
	 * @return above 0, infinite where people do not differ
	 */
	public double shrinkage() {
		return this.shrinkage;
	}

	private EngagementCurve personal(EngagementCurve common, long[] counts, long total) {
		CircularMean moved = CircularMean.of(counts, total)
			.minus(CircularMean.of(common))
			.times(total / (total + this.shrinkage));
		double[] weights = new double[EngagementCurve.HOURS];
		for (int hour = 0; hour < EngagementCurve.HOURS; hour++) {
			weights[hour] = common.at(hour) * Math.max(0.01, 1 + moved.at(hour));
		}
		return EngagementCurve.inProportion(weights);
	}

	private static int best(EngagementCurve curve, int[] hours) {
		int best = 0;
		for (int slot = 1; slot < hours.length; slot++) {
			if (curve.at(hours[slot]) > curve.at(hours[best])) {
				best = slot;
			}
		}
		return best;
	}

	private static int nearest(int[] hours, int wanted) {
		int nearest = 0;
		for (int slot = 1; slot < hours.length; slot++) {
			if (distance(hours[slot], wanted) < distance(hours[nearest], wanted)) {
				nearest = slot;
			}
		}
		return nearest;
	}

	private static int distance(int one, int other) {
		int apart = Math.floorMod(one - other, EngagementCurve.HOURS);
		return Math.min(apart, EngagementCurve.HOURS - apart);
	}

	private static double shrinkage(List<EngagementHistory> people, EngagementCurve common) {
		CircularMean usual = CircularMean.of(common);
		double noise = 1 - usual.squaredLength();
		double spread = 0;
		long counts = 0;
		int seen = 0;
		for (EngagementHistory person : people) {
			long total = person.total();
			if (total >= FEWEST_COUNTS) {
				spread += total
						* (CircularMean.of(person.counts(), total).minus(usual).squaredLength() - noise / total);
				counts += total;
				seen++;
			}
		}
		// What people who are all alike show: each adds noise of this size
		double chance = 2 * noise * Math.sqrt(seen);
		return (seen >= FEWEST_PEOPLE && spread > chance) ? noise * counts / spread : Double.POSITIVE_INFINITY;
	}

	private static void add(long[] counts, long[] sums) {
		for (int hour = 0; hour < sums.length; hour++) {
			sums[hour] += counts[hour];
		}
	}

}
