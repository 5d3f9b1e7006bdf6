package io.waypost.agent.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.waypost.agent.write.FragmentPosteriors;
import io.waypost.delivery.FragmentOutcomes.FragmentOutcome;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LearnedPosteriorsTests {

	private static final String GOAL = "welcome";

	@Test
	void drawsTheSameRateForTheSameArgumentsAndOutcomes() {
		double drawn = learned(outcome("subject:a", 1_000, 30)).draw(GOAL, "subject:a", 7);
		assertThat(learned(outcome("subject:a", 1_000, 30)).draw(GOAL, "subject:a", 7)).isEqualTo(drawn);
		assertThat(learned(outcome("subject:a", 1_000, 30)).draw(GOAL, "subject:a", 8)).isNotEqualTo(drawn);
		assertThat(learned(outcome("subject:a", 1_001, 30)).draw(GOAL, "subject:a", 7)).isNotEqualTo(drawn);
	}

	@Test
	void drawsRatesAroundTheClickRate() {
		FragmentPosteriors posteriors = learned(outcome("subject:a", 10_000, 300), outcome("subject:b", 10_000, 100));
		assertThat(mean(posteriors, "subject:a")).isCloseTo(0.03, Offset.offset(0.001));
		assertThat(mean(posteriors, "subject:b")).isCloseTo(0.01, Offset.offset(0.001));
	}

	@Test
	void givesANewFragmentTheRateOfItsGoal() {
		LearnedPosteriors posteriors = learned(outcome("subject:a", 10_000, 300), outcome("subject:b", 10_000, 100));
		assertThat(posteriors.clickRate(GOAL, "subject:new").mean()).isCloseTo(0.02, Offset.offset(1e-4));
		double won = IntStream.range(0, 1_000)
			.filter((seed) -> posteriors.draw(GOAL, "subject:new", seed) > posteriors.draw(GOAL, "subject:a", seed))
			.count();
		assertThat(won / 1_000).as("tried, but not favoured").isBetween(0.05, 0.3);
	}

	@Test
	void neitherFavoursNorAbandonsAFragmentWithFewMessages() {
		LearnedPosteriors posteriors = learned(outcome("subject:a", 10_000, 200), outcome("subject:lucky", 5, 1),
				outcome("subject:unlucky", 20, 0));
		assertThat(posteriors.clickRate(GOAL, "subject:lucky").mean()).isLessThan(0.04);
		assertThat(posteriors.clickRate(GOAL, "subject:unlucky").mean()).isGreaterThan(0.012);
	}

	@Test
	void givesAGoalWithoutMessagesTheRateOfTheTenant() {
		assertThat(learned(outcome("subject:a", 100_000, 5_000)).clickRate("milestone", "subject:x").mean())
			.isCloseTo(0.05, Offset.offset(1e-4));
		assertThat(learned().clickRate("milestone", "subject:x").mean()).isCloseTo(0.02, Offset.offset(1e-9));
	}

	@Test
	void countsUnsubscribesAndComplaintsAgainstAFragment() {
		LearnedPosteriors posteriors = learned(outcome("subject:a", 10_000, 300), outcome("subject:b", 10_000, 300),
				new FragmentOutcome(GOAL, "subject:left", 10_000, 300, 40, 0),
				new FragmentOutcome(GOAL, "subject:spam", 10_000, 300, 0, 20));
		double plain = posteriors.clickRate(GOAL, "subject:a").mean();
		assertThat(posteriors.clickRate(GOAL, "subject:left").mean()).isCloseTo(plain - 0.012, Offset.offset(1e-4));
		assertThat(posteriors.clickRate(GOAL, "subject:spam").mean()).isCloseTo(plain - 0.02, Offset.offset(1e-4));
	}

	@Test
	void drawsWhenNothingWasClicked() {
		LearnedPosteriors posteriors = learned(new FragmentOutcome(GOAL, "subject:a", 500, 0, 20, 20));
		assertThat(posteriors.draw(GOAL, "subject:a", 1)).isBetween(0.0, 0.1);
	}

	@Test
	void explainsWhatARateRestsOn() {
		assertThat(learned(outcome("subject:a", 1_000.4, 30.04)).explained(GOAL, "subject:a"))
			.containsEntry("messages", 1_000L)
			.containsEntry("clicks", 30.0)
			.containsEntry("rate", 0.03);
	}

	@Test
	void namesAnIntervalThatShrinksWithMessages() {
		ClickRate few = learned(outcome("subject:a", 100, 3)).clickRate(GOAL, "subject:a");
		ClickRate many = learned(outcome("subject:a", 10_000, 300)).clickRate(GOAL, "subject:a");
		assertThat(few.low()).isLessThan(many.low());
		assertThat(few.high()).isGreaterThan(many.high());
		assertThat(many.low()).isCloseTo(0.0268, Offset.offset(2e-4));
		assertThat(many.high()).isCloseTo(0.0335, Offset.offset(2e-4));
	}

	/** 500 messages a day; the job of each night knows those that are four days old. */
	@Test
	void losesAtMostHalfOfWhatUniformChoiceLoses() {
		double lost = IntStream.range(0, 10).mapToDouble(LearnedPosteriorsTests::regret).average().orElseThrow();
		assertThat(lost).as("regret as a share of that of uniform choice").isLessThan(0.5);
	}

	@Test
	void losesAsMuchAsUniformChoiceWithoutLearning() {
		assertThat(new Campaign(1).regret(FragmentPosteriors.UNINFORMED, 20_000)).isCloseTo(1, Offset.offset(0.05));
	}

	private static double regret(int seed) {
		Campaign campaign = new Campaign(seed);
		double lost = 0;
		for (int day = 0; day < 40; day++) {
			lost += campaign.regret(campaign.learned(day - 4), 500);
			campaign.day++;
		}
		return lost / 40;
	}

	private static double mean(FragmentPosteriors posteriors, String tag) {
		return IntStream.range(0, 2_000)
			.mapToDouble((seed) -> posteriors.draw(GOAL, tag, seed))
			.average()
			.orElseThrow();
	}

	private static LearnedPosteriors learned(FragmentOutcome... outcomes) {
		return new LearnedPosteriors(List.of(outcomes), 50);
	}

	private static FragmentOutcome outcome(String tag, double messages, double clicks) {
		return new FragmentOutcome(GOAL, tag, messages, clicks, 0, 0);
	}

	/** 30 fragments with click rates from 1 to 4 %. */
	private static final class Campaign {

		private static final int FRAGMENTS = 30;

		private static final List<String> TAGS = IntStream.range(0, FRAGMENTS)
			.mapToObj((tag) -> "subject:" + tag)
			.toList();

		private final SplittableRandom random;

		private final List<Double> rates = new ArrayList<>();

		private final int[][] messages = new int[41][FRAGMENTS];

		private final int[][] clicks = new int[41][FRAGMENTS];

		private int day;

		Campaign(int seed) {
			this.random = new SplittableRandom(seed);
			IntStream.range(0, FRAGMENTS).forEach((fragment) -> this.rates.add(0.01 + 0.03 * fragment / 29));
		}

		/**
		 * Sends messages; returns the lost clicks as a share of those of uniform choice.
		 */
		double regret(FragmentPosteriors posteriors, int number) {
			double lost = 0;
			for (int message = 0; message < number; message++) {
				int chosen = highest(posteriors, this.random.nextLong());
				this.messages[this.day][chosen]++;
				if (this.random.nextDouble() < this.rates.get(chosen)) {
					this.clicks[this.day][chosen]++;
				}
				lost += 0.04 - this.rates.get(chosen);
			}
			return lost / number / 0.015;
		}

		private static int highest(FragmentPosteriors posteriors, long seed) {
			int chosen = 0;
			double highest = -1;
			for (int fragment = 0; fragment < FRAGMENTS; fragment++) {
				double drawn = posteriors.draw(GOAL, TAGS.get(fragment), seed);
				if (drawn > highest) {
					highest = drawn;
					chosen = fragment;
				}
			}
			return chosen;
		}

		/** What the job knows of the days before one, with a half-life of 60 days. */
		LearnedPosteriors learned(int before) {
			List<FragmentOutcome> outcomes = new ArrayList<>();
			for (int fragment = 0; fragment < FRAGMENTS; fragment++) {
				double sent = 0;
				double clicked = 0;
				for (int past = 0; past < before; past++) {
					double weight = Math.pow(0.5, (before - past) / 60.0);
					sent += weight * this.messages[past][fragment];
					clicked += weight * this.clicks[past][fragment];
				}
				outcomes.add(outcome(TAGS.get(fragment), sent, clicked));
			}
			return new LearnedPosteriors(outcomes, 50);
		}

	}

}
