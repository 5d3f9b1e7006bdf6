package io.waypost.agent.timing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the hours of highest engagement from the curves of all profiles, of the
 * profiles in a time zone, and of a single profile.
 *
 * <p>
 * A profile with few clicks has a noisy histogram; its best hour is worse than the common
 * one. Its counts therefore change only the first Fourier term of the common curve, by
 * {@code d = n / (n + k) (z - z0)}, where {@code z} is the circular mean of the profile's
 * hours, {@code z0} that of the common curve and {@code n} the number of counts.
 * {@code k} is estimated from all profiles (empirical Bayes, method of moments):
 * {@code k = s / t}, where {@code s = 1 - |z0|²} is the variance of a single count and
 * {@code t} the variance between profiles beyond that noise. If profiles do not differ by
 * more than chance (two standard errors), {@code k} is infinite and every profile uses
 * the common curve.
 */
public final class SendTimeModel {

	/** Version of the formula; part of explanations. */
	public static final String VERSION = "send-time@v1";

	/** Minimum predicted gain for using a profile's own curve. */
	public static final double MINIMUM_GAIN = 0.03;

	private static final double TENANT_STRENGTH = 48;

	private static final double ZONE_STRENGTH = 200;

	private static final int MIN_COUNTS_OF_A_ZONE = 200;

	private static final int MIN_COUNTS_OF_A_TENANT = 100;

	private static final int MIN_COUNTS_OF_A_PROFILE = 3;

	private static final int MIN_PROFILES = 100;

	/** Default hour without any data: 10 a.m. */
	private static final int MORNING = 10;

	private final EngagementCurve ofTenant;

	private final Map<String, EngagementCurve> zones;

	private final double shrinkage;

	private final boolean known;

	private SendTimeModel(EngagementCurve ofTenant, Map<String, EngagementCurve> zones, double shrinkage,
			boolean known) {
		this.ofTenant = ofTenant;
		this.zones = zones;
		this.shrinkage = shrinkage;
		this.known = known;
	}

	/**
	 * Engagement of one profile.
	 *
	 * @param zone time zone of the profile
	 * @param counts 24 counts by local hour
	 */
	public record EngagementHistory(String zone, long[] counts) {

		long total() {
			return Arrays.stream(this.counts).sum();
		}

	}

	/**
	 * A chosen hour and its source.
	 *
	 * @param slot index among the given hours
	 * @param source {@code person}, {@code zone}, {@code tenant} or {@code default}
	 * @param gain relative gain on the profile's curve over the best hour of the common
	 * curve; 0 unless the source is {@code person}
	 */
	public record HourChoice(int slot, String source, double gain) {

	}

	/**
	 * Trains a model.
	 * @param people engagement of any number of profiles, also none
	 * @return the model
	 */
	public static SendTimeModel learn(List<EngagementHistory> people) {
		long[] all = new long[EngagementCurve.HOURS];
		Map<String, long[]> byZone = new HashMap<>();
		for (EngagementHistory person : people) {
			add(person.counts(), all);
			add(person.counts(), byZone.computeIfAbsent(person.zone(), (zone) -> new long[EngagementCurve.HOURS]));
		}
		EngagementCurve ofTenant = EngagementCurve.of(all, EngagementCurve.FLAT, TENANT_STRENGTH).smoothed();
		Map<String, EngagementCurve> zones = new HashMap<>();
		byZone.forEach((zone, counts) -> {
			if (Arrays.stream(counts).sum() >= MIN_COUNTS_OF_A_ZONE) {
				zones.put(zone, EngagementCurve.of(counts, ofTenant, ZONE_STRENGTH).smoothed());
			}
		});
		return new SendTimeModel(ofTenant, zones, shrinkage(people, ofTenant),
				Arrays.stream(all).sum() >= MIN_COUNTS_OF_A_TENANT);
	}

	/**
	 * Chooses the best of several hours for a profile.
	 * @param zone time zone of the profile
	 * @param counts 24 counts by local hour
	 * @param hours the allowed local hours; the first of equally good ones is chosen; at
	 * least one
	 * @return the chosen hour
	 */
	public HourChoice choose(String zone, long[] counts, int[] hours) {
		EngagementCurve own = this.zones.get(zone);
		EngagementCurve common = (own != null) ? own : this.ofTenant;
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
		return new HourChoice(usual, (own != null) ? "zone" : "tenant", 0);
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

	private static int nearest(int[] hours, int requested) {
		int nearest = 0;
		for (int slot = 1; slot < hours.length; slot++) {
			if (distance(hours[slot], requested) < distance(hours[nearest], requested)) {
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
			if (total >= MIN_COUNTS_OF_A_PROFILE) {
				spread += total
						* (CircularMean.of(person.counts(), total).minus(usual).squaredLength() - noise / total);
				counts += total;
				seen++;
			}
		}
		// Two standard errors of the sum if all profiles were alike
		double chance = 2 * noise * Math.sqrt(seen);
		return (seen >= MIN_PROFILES && spread > chance) ? noise * counts / spread : Double.POSITIVE_INFINITY;
	}

	private static void add(long[] counts, long[] sums) {
		for (int hour = 0; hour < sums.length; hour++) {
			sums[hour] += counts[hour];
		}
	}

}
