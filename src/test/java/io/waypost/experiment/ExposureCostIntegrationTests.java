package io.waypost.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cost of an experiment in a campaign with 100,000 people. The limits are loose: they
 * detect regressions by an order of magnitude. The measured times are printed.
 */
class ExposureCostIntegrationTests {

	private static final int PEOPLE = 100_000;

	private static final int BATCH = 1_000;

	private final ExperimentFixture fixture = new ExperimentFixture();

	@Test
	void assignsRecordsCountsAndAnalysesInSeconds() {
		this.fixture.start(ExperimentDefinition.of("cost", "anna", GoalMetric.CLICK, List.of("a", "b")));
		List<ProfileId> people = this.fixture.people(PEOPLE);
		List<Assignment> assigned = new ArrayList<>();
		Duration assignTime = time(() -> {
			for (int from = 0; from < PEOPLE; from += BATCH) {
				assigned.addAll(this.fixture.assignments.assign(this.fixture.tenant, "cost",
						people.subList(from, from + BATCH)));
			}
		});
		List<Exposure> exposures = new ArrayList<>();
		for (int person = 0; person < PEOPLE; person++) {
			exposures
				.add(new Exposure(people.get(person), assigned.get(person), new SendId(this.fixture.ids.next()), null));
		}
		Duration recordTime = time(() -> {
			for (int from = 0; from < PEOPLE; from += BATCH) {
				record(exposures.subList(from, from + BATCH));
			}
		});
		List<Exposure> clickers = exposures.stream()
			.filter((one) -> one.assignment().role() == AssignmentRole.TEST)
			.toList();
		Duration clickTime = time(() -> {
			for (int from = 0; from < 20_000; from += 500) {
				this.fixture.record(clickers.subList(from, from + 500)
					.stream()
					.map((one) -> ExperimentFixture.click(one, ExperimentFixture.NOW.plusSeconds(60)))
					.toArray(Event[]::new));
			}
		});
		this.fixture.clock.advance(Duration.ofDays(1));
		Duration analysisTime = time(() -> this.fixture.analyse("cost"));
		System.out.printf(Locale.ROOT,
				"%,d people: assigned in %d ms, recorded in %d ms, 20,000 clicks counted in %d ms, one analysis %d ms%n",
				PEOPLE, assignTime.toMillis(), recordTime.toMillis(), clickTime.toMillis(), analysisTime.toMillis());
		assertThat(this.fixture.read("cost").arms().stream().mapToLong(ExperimentArmResult::conversions).sum())
			.isEqualTo(20_000);
		assertThat(assignTime).isLessThan(Duration.ofSeconds(2));
		assertThat(recordTime).isLessThan(Duration.ofSeconds(20));
		assertThat(clickTime).isLessThan(Duration.ofSeconds(20));
		assertThat(analysisTime).isLessThan(Duration.ofSeconds(5));
	}

	private void record(List<Exposure> batch) {
		this.fixture.transactions.executeWithoutResult(
				(status) -> this.fixture.exposures.record(this.fixture.tenant, "cost", ExperimentFixture.NOW, batch));
	}

	private static Duration time(Runnable work) {
		long start = System.nanoTime();
		work.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
