package io.waypost.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.measure.ExposureCounts;
import io.waypost.experiment.measure.ExposureCountsRepository;
import io.waypost.experiment.stats.CupedSample;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.Winsorising;
import io.waypost.ingestion.Event;
import io.waypost.kernel.SendId;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revenue adjusted for what people had spent before: the database sums up what was
 * written down at the exposure, and nothing that came later. The seed is fixed and
 * printed.
 */
class CupedIntegrationTests {

	private static final long SEED = 20261122L;

	private static final int PEOPLE = 600;

	/** One of so many buys nothing. */
	private static final int IDLE = 10;

	/** Of those who buy, for the message. */
	private static final double GAIN = 4;

	private static final double TOTAL = GAIN * PEOPLE * (IDLE - 1) / IDLE;

	private static final Instant EXPOSED = ExperimentFixture.NOW;

	private static final Offset<Double> SUMMED = Offset.offset(1e-4);

	private final ExperimentFixture room = new ExperimentFixture();

	private final SplittableRandom random = new SplittableRandom(SEED);

	@Test
	void sumsUpWhatWasKnownAtTheExposureAndNothingLater() {
		start("before");
		List<Shopper> shoppers = shoppers(AssignmentRole.TEST, 0);
		expose("before", shoppers);
		this.room.record(orders(shoppers, EXPOSED.minusSeconds(60), 1_000));
		this.room.record(orders(shoppers, EXPOSED.plusSeconds(60), 0));
		// A chunk that is done again finds that people have spent more by now
		assertThat(expose("before", shoppers.stream().map((one) -> one.having(one.before() + one.spends())).toList()))
			.isZero();
		ExposureCounts count = counts("before").getFirst();
		double[] spends = shoppers.stream().mapToDouble(Shopper::spends).toArray();
		double cap = Winsorising.cap(spends, ExposureCountsRepository.WINSOR);
		assertThat(count.spentBeforeKnown()).isEqualTo(PEOPLE);
		assertThat(count.revenue().covariate().sum()).isCloseTo(sum(shoppers, (one) -> one.before()), SUMMED);
		assertThat(count.revenue().covariate().sumOfSquares())
			.isCloseTo(sum(shoppers, (one) -> one.before() * one.before()), SUMMED);
		assertThat(count.revenue().metric().sum()).isCloseTo(sum(shoppers, (one) -> Math.min(one.spends(), cap)),
				SUMMED);
		assertThat(count.revenue().sumOfProducts())
			.isCloseTo(sum(shoppers, (one) -> Math.min(one.spends(), cap) * one.before()), SUMMED);
	}

	@Test
	void tellsTheSameGainWithANarrowerInterval() {
		start("loyal");
		List<Shopper> treated = shoppers(AssignmentRole.TEST, GAIN);
		List<Shopper> heldOut = shoppers(AssignmentRole.HOLDOUT, 0);
		expose("loyal", treated);
		expose("loyal", heldOut);
		this.room.record(orders(treated, EXPOSED.plusSeconds(60), 0));
		this.room.record(orders(heldOut, EXPOSED.plusSeconds(60), 0));
		this.room.clock.advance(Duration.ofDays(1));
		List<ExposureCounts> counts = counts("loyal");
		Effect expected = CupedSample
			.absolute(money(counts, AssignmentRole.HOLDOUT), money(counts, AssignmentRole.TEST))
			.orElseThrow();
		Lift adjusted = lift("loyal");
		Lift plain = withoutOne("loyal", treated.getFirst());
		System.out.printf(Locale.ROOT, "seed %d: gain %s, unadjusted %s%n", SEED, adjusted.revenue(), plain.revenue());
		assertThat(adjusted.adjusted()).isTrue();
		assertThat(plain.adjusted()).as("while one is not known").isFalse();
		assertThat(adjusted.revenue().total()).isCloseTo(expected.estimate() * PEOPLE, SUMMED);
		assertThat(adjusted.revenue().interval().contains(TOTAL)).as("the gain that was put in").isTrue();
		assertThat(plain.revenue().interval().contains(TOTAL)).isTrue();
		assertThat(width(adjusted)).as("correlation² is about a half").isLessThan(0.85 * width(plain));
	}

	private Lift withoutOne(String key, Shopper shopper) {
		this.room.jdbc.sql("update experiment.exposure set spent_before = null where tenant_id = ? and profile_id = ?")
			.params(this.room.tenant.value(), shopper.exposure().profile().value())
			.update();
		return lift(key);
	}

	private Lift lift(String key) {
		Lift lift = this.room.read(key).lift();
		assertThat(lift).isNotNull();
		return lift;
	}

	private static double width(Lift lift) {
		return lift.revenue().interval().upper() - lift.revenue().interval().lower();
	}

	private static CupedSample money(List<ExposureCounts> counts, AssignmentRole role) {
		return ExposureCounts.revenue(counts.stream().filter((count) -> count.role() == role).toList());
	}

	private List<ExposureCounts> counts(String key) {
		ExperimentPhase trial = this.room.trials.find(this.room.tenant, key).orElseThrow();
		return new ExposureCountsRepository(this.room.jdbc).count(trial, EXPOSED.plus(Duration.ofDays(1)));
	}

	private void start(String key) {
		this.room.start(ExperimentDefinition.of(key, "anna", GoalMetric.CONVERSION, List.of("only"))
			.with(new TrafficAllocation(null, 1, 0.5, false)));
	}

	private int expose(String key, List<Shopper> shoppers) {
		return this.room.exposures.record(this.room.tenant, key, EXPOSED,
				shoppers.stream().map(Shopper::exposure).toList());
	}

	/** Half had never bought; what the others spend goes with what they spent before. */
	private List<Shopper> shoppers(AssignmentRole role, double gain) {
		List<Shopper> shoppers = new ArrayList<>();
		IntStream.range(0, PEOPLE).forEach((person) -> {
			double before = this.random.nextBoolean() ? 0 : 80 * this.random.nextDouble();
			double spends = 20 + 0.5 * before + this.random.nextDouble(-14, 14) + gain;
			shoppers.add(new Shopper(exposure(role, before), before, (person % IDLE == 0) ? 0 : spends));
		});
		return shoppers;
	}

	private Exposure exposure(AssignmentRole role, @Nullable Double before) {
		return new Exposure(this.room.people(1).getFirst(), new Assignment(role, "only"),
				(role == AssignmentRole.HOLDOUT) ? null : new SendId(this.room.ids.next()), before);
	}

	private static Event[] orders(List<Shopper> shoppers, Instant at, double more) {
		return shoppers.stream()
			.filter((one) -> one.spends() > 0)
			.map((one) -> ExperimentFixture.order(one.exposure().profile(), at, one.spends() + more, "EUR"))
			.toArray(Event[]::new);
	}

	private static double sum(List<Shopper> shoppers, ToDoubleFunction<Shopper> what) {
		return shoppers.stream().mapToDouble(what).sum();
	}

	private record Shopper(Exposure exposure, double before, double spends) {

		Shopper having(double spent) {
			return new Shopper(
					new Exposure(this.exposure.profile(), this.exposure.assignment(), this.exposure.send(), spent),
					spent, this.spends);
		}

	}

}
