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
import io.waypost.experiment.stats.WinsorisingOracle;
import io.waypost.ingestion.Event;
import io.waypost.kernel.SendId;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revenue adjusted for earlier spending (CUPED): the database sums the covariate that was
 * stored with the exposure and no later spending. The seed is fixed and printed.
 */
class CupedIntegrationTests {

	private static final long SEED = 20261122L;

	private static final int PEOPLE = 600;

	/** One in this many people buys nothing. */
	private static final int IDLE = 10;

	/** Effect of the message on the revenue of each buyer. */
	private static final double GAIN = 4;

	private static final double TOTAL = GAIN * PEOPLE * (IDLE - 1) / IDLE;

	private static final Instant EXPOSED = ExperimentFixture.NOW;

	private static final Offset<Double> SUMMED = Offset.offset(1e-4);

	private final ExperimentFixture fixture = new ExperimentFixture();

	private final SplittableRandom random = new SplittableRandom(SEED);

	@Test
	void sumsTheCovariateStoredAtTheExposure() {
		start("before");
		List<Shopper> shoppers = shoppers(AssignmentRole.TEST, 0);
		expose("before", shoppers);
		this.fixture.record(orders(shoppers, EXPOSED.minusSeconds(60), 1_000));
		this.fixture.record(orders(shoppers, EXPOSED.plusSeconds(60), 0));
		// When a batch is retried, people have spent more in the meantime
		assertThat(expose("before", shoppers.stream().map((one) -> one.having(one.before() + one.spends())).toList()))
			.isZero();
		ExposureCounts count = counts("before").getFirst();
		double[] spends = shoppers.stream().mapToDouble(Shopper::spends).toArray();
		double cap = WinsorisingOracle.cap(spends, ExposureCountsRepository.REVENUE_CAP_QUANTILE);
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
	void estimatesTheSameLiftWithANarrowerInterval() {
		start("loyal");
		List<Shopper> treated = shoppers(AssignmentRole.TEST, GAIN);
		List<Shopper> heldOut = shoppers(AssignmentRole.HOLDOUT, 0);
		expose("loyal", treated);
		expose("loyal", heldOut);
		this.fixture.record(orders(treated, EXPOSED.plusSeconds(60), 0));
		this.fixture.record(orders(heldOut, EXPOSED.plusSeconds(60), 0));
		this.fixture.clock.advance(Duration.ofDays(1));
		List<ExposureCounts> counts = counts("loyal");
		Effect expected = CupedSample
			.absolute(revenue(counts, AssignmentRole.HOLDOUT), revenue(counts, AssignmentRole.TEST))
			.orElseThrow();
		Lift adjusted = lift("loyal");
		Lift plain = withoutOne("loyal", treated.getFirst());
		System.out.printf(Locale.ROOT, "seed %d: gain %s, unadjusted %s%n", SEED, adjusted.revenue(), plain.revenue());
		assertThat(adjusted.adjusted()).isTrue();
		assertThat(plain.adjusted()).as("while one covariate is unknown").isFalse();
		assertThat(adjusted.revenue().total()).isCloseTo(expected.estimate() * PEOPLE, SUMMED);
		assertThat(adjusted.revenue().interval().contains(TOTAL)).as("the simulated effect").isTrue();
		assertThat(plain.revenue().interval().contains(TOTAL)).isTrue();
		assertThat(width(adjusted)).as("correlation² is about a half").isLessThan(0.85 * width(plain));
	}

	private Lift withoutOne(String key, Shopper shopper) {
		this.fixture.jdbc
			.sql("update experiment.exposure set spent_before = null where tenant_id = ? and profile_id = ?")
			.params(this.fixture.tenant.value(), shopper.exposure().profile().value())
			.update();
		return lift(key);
	}

	private Lift lift(String key) {
		Lift lift = this.fixture.read(key).lift();
		assertThat(lift).isNotNull();
		return lift;
	}

	private static double width(Lift lift) {
		return lift.revenue().interval().upper() - lift.revenue().interval().lower();
	}

	private static CupedSample revenue(List<ExposureCounts> counts, AssignmentRole role) {
		return ExposureCounts.revenue(counts.stream().filter((count) -> count.role() == role).toList());
	}

	private List<ExposureCounts> counts(String key) {
		ExperimentPhase phase = this.fixture.phaseRepository.find(this.fixture.tenant, key).orElseThrow();
		return new ExposureCountsRepository(this.fixture.jdbc).count(phase, EXPOSED.plus(Duration.ofDays(1)));
	}

	private void start(String key) {
		this.fixture.start(ExperimentDefinition.of(key, "anna", GoalMetric.CONVERSION, List.of("only"))
			.with(new TrafficAllocation(null, 1, 0.5, false)));
	}

	private int expose(String key, List<Shopper> shoppers) {
		return this.fixture.exposures.record(this.fixture.tenant, key, EXPOSED,
				shoppers.stream().map(Shopper::exposure).toList());
	}

	/**
	 * Half never bought before; the spending of the others correlates with earlier
	 * spending.
	 */
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
		return new Exposure(this.fixture.people(1).getFirst(), new Assignment(role, "only"),
				(role == AssignmentRole.HOLDOUT) ? null : new SendId(this.fixture.ids.next()), before);
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
