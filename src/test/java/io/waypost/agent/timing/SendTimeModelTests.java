package io.waypost.agent.timing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Compares chosen hours with the best common hour. The simulation knows the true curves,
 * so the lift is exact and not estimated.
 */
class SendTimeModelTests {

	private static final int[] DAY = IntStream.range(0, 24).toArray();

	private static final int PEOPLE = 4_000;

	@Property(tries = 200)
	void makesCurvesOfSharesAboveZero(@ForAll long seed, @ForAll @IntRange(max = 50) int most) {
		Random random = new Random(seed);
		long[] counts = random.longs(24, 0, most + 1).toArray();
		EngagementCurve curve = EngagementCurve.of(counts, EngagementCurve.FLAT, 24);
		assertThat(Arrays.stream(DAY).mapToDouble(curve::at).sum()).isCloseTo(1, within(1e-9));
		assertThat(Arrays.stream(DAY).mapToDouble(curve::at)).allMatch((share) -> share > 0);
	}

	@Property(tries = 200)
	void choosesAmongTheHoursItIsGiven(@ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int open) {
		Random random = new Random(seed);
		int[] hours = random.ints(open, 0, 24).toArray();
		SendTimeModel.HourChoice choice = SendTimeModel.learn(people(random, 300, 10, 0.9))
			.choose("UTC", random.longs(24, 0, 5).toArray(), hours);
		assertThat(choice.slot()).isBetween(0, open - 1);
		assertThat(choice.gain()).isGreaterThanOrEqualTo(0);
	}

	@Test
	void choosesTenWithoutData() {
		SendTimeModel.HourChoice choice = SendTimeModel.learn(List.of()).choose("UTC", new long[24], DAY);
		assertThat(choice).isEqualTo(new SendTimeModel.HourChoice(10, "default", 0));
	}

	@Test
	void prefersTheZoneToTheAccount() {
		List<SendTimeModel.EngagementHistory> people = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			people.add(new SendTimeModel.EngagementHistory("Europe/London", at(9)));
			people.add(new SendTimeModel.EngagementHistory("Europe/Madrid", at((i < 290) ? 21 : 9)));
		}
		SendTimeModel times = SendTimeModel.learn(people);
		assertThat(times.choose("Europe/Madrid", new long[24], DAY))
			.isEqualTo(new SendTimeModel.HourChoice(21, "zone", 0));
		assertThat(times.choose("Asia/Tokyo", new long[24], DAY))
			.isEqualTo(new SendTimeModel.HourChoice(9, "tenant", 0));
	}

	@Test
	void findsTheBestCommonHour() {
		Random random = new Random(5);
		List<SendTimeModel.EngagementHistory> people = people(random, PEOPLE, 12, 0);
		assertThat(SendTimeModel.learn(people).choose("UTC", new long[24], DAY).slot()).isBetween(12, 14);
	}

	@Test
	void usesTheCommonCurveWhenProfilesDoNotDiffer() {
		Random random = new Random(7);
		List<Person> profiles = profiles(random, 0);
		assertThat(lift(profiles, random, 12)).isCloseTo(0, within(0.003));
		assertThat(lift(profiles, random, 60)).isCloseTo(0, within(0.003));
	}

	@Test
	void losesNothingWithLittleHistoryAndGainsWithMore() {
		Random random = new Random(11);
		List<Person> profiles = profiles(random, 0.6);
		assertThat(lift(profiles, random, 12)).isGreaterThanOrEqualTo(0);
		assertThat(lift(profiles, random, 60)).isGreaterThanOrEqualTo(0.06);
	}

	@Test
	void losesNothingWhenProfilesDifferALittle() {
		Random random = new Random(13);
		List<Person> profiles = profiles(random, 0.3);
		assertThat(lift(profiles, random, 12)).isGreaterThanOrEqualTo(0);
		assertThat(lift(profiles, random, 60)).isGreaterThanOrEqualTo(0.01);
	}

	/**
	 * Mean engagement at the chosen hour relative to that at the best common hour
	 * estimated from the same data: messages at random hours, each clicked with the
	 * probability of its hour.
	 */
	private static double lift(List<Person> profiles, Random random, int exposures) {
		List<SendTimeModel.EngagementHistory> histories = profiles.stream()
			.map((person) -> new SendTimeModel.EngagementHistory("UTC", person.live(random, exposures)))
			.toList();
		SendTimeModel times = SendTimeModel.learn(histories);
		int usual = times.choose("UTC", new long[24], DAY).slot();
		double best = profiles.stream().mapToDouble((person) -> person.chance(usual)).sum();
		double chosen = 0;
		for (int i = 0; i < profiles.size(); i++) {
			chosen += profiles.get(i).chance(times.choose("UTC", histories.get(i).counts(), DAY).slot());
		}
		return chosen / best - 1;
	}

	private static List<Person> profiles(Random random, double amplitude) {
		return IntStream.range(0, PEOPLE).mapToObj((i) -> new Person(random.nextInt(5), amplitude)).toList();
	}

	private static List<SendTimeModel.EngagementHistory> people(Random random, int people, int exposures,
			double amplitude) {
		return IntStream.range(0, people)
			.mapToObj((i) -> new SendTimeModel.EngagementHistory("UTC",
					new Person(random.nextInt(5), amplitude).live(random, exposures)))
			.toList();
	}

	private static long[] at(int hour) {
		long[] counts = new long[24];
		counts[hour] = 1;
		return counts;
	}

	/** Five chronotypes added to a common curve. */
	private record Person(int type, double amplitude) {

		double chance(int hour) {
			double day = 0.25 * (1 + 0.3 * Math.cos(2 * Math.PI * (hour - 13) / 24));
			return day * (1 + this.amplitude * Math.cos(2 * Math.PI * (hour - 4.8 * this.type) / 24));
		}

		long[] live(Random random, int exposures) {
			long[] counts = new long[24];
			for (int i = 0; i < exposures; i++) {
				int hour = random.nextInt(24);
				if (random.nextDouble() < chance(hour)) {
					counts[hour]++;
				}
			}
			return counts;
		}

	}

}
