package io.waypost.agent.write;

import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FragmentPosteriorsTests {

	private final FragmentPosteriors posteriors = FragmentPosteriors.UNINFORMED;

	@Test
	void drawsTheSameRateForTheSameArguments() {
		assertThat(this.posteriors.draw("welcome", "subject:a", 7))
			.isEqualTo(this.posteriors.draw("welcome", "subject:a", 7));
	}

	@Test
	void drawsAnotherRateForEachGoalTagAndSeed() {
		double rate = this.posteriors.draw("welcome", "subject:a", 7);
		assertThat(this.posteriors.draw("welcome-follow-up", "subject:a", 7)).isNotEqualTo(rate);
		assertThat(this.posteriors.draw("welcome", "subject:b", 7)).isNotEqualTo(rate);
		assertThat(this.posteriors.draw("welcome", "subject:a", 8)).isNotEqualTo(rate);
	}

	@Test
	void prefersEachOfThreeTagsEquallyOften() {
		double[] wins = new double[3];
		IntStream.range(0, 30_000).forEach((seed) -> wins[best(seed)]++);
		for (double won : wins) {
			assertThat(won / 30_000).isCloseTo(1 / 3.0, Offset.offset(0.01));
		}
	}

	private int best(long seed) {
		int best = 0;
		for (int tag = 1; tag < 3; tag++) {
			if (this.posteriors.draw("welcome", "subject:" + tag, seed) > this.posteriors.draw("welcome",
					"subject:" + best, seed)) {
				best = tag;
			}
		}
		return best;
	}

}
