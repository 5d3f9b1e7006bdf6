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
 * What a campaign of 100,000 costs this room. Limits are loose, against surprises of
 * another order of magnitude; the figures are printed.
 */
class ExposureCostIntegrationTests {

	private static final int PEOPLE = 100_000;

	private static final int CHUNK = 1_000;

	private final ExperimentFixture room = new ExperimentFixture();

	@Test
	void assignsRecordsCountsAndLooksInSeconds() {
		this.room.start(ExperimentDefinition.of("cost", "anna", GoalMetric.CLICK, List.of("a", "b")));
		List<ProfileId> people = this.room.people(PEOPLE);
		List<Assignment> assigned = new ArrayList<>();
		Duration assigning = time(() -> {
			for (int from = 0; from < PEOPLE; from += CHUNK) {
				assigned
					.addAll(this.room.assignments.assign(this.room.tenant, "cost", people.subList(from, from + CHUNK)));
			}
		});
		List<Exposure> exposures = new ArrayList<>();
		for (int person = 0; person < PEOPLE; person++) {
			exposures
				.add(new Exposure(people.get(person), assigned.get(person), new SendId(this.room.ids.next()), null));
		}
		Duration recording = time(() -> {
			for (int from = 0; from < PEOPLE; from += CHUNK) {
				record(exposures.subList(from, from + CHUNK));
			}
		});
		List<Exposure> clickers = exposures.stream()
			.filter((one) -> one.assignment().role() == AssignmentRole.TEST)
			.toList();
		Duration clicking = time(() -> {
			for (int from = 0; from < 20_000; from += 500) {
				this.room.record(clickers.subList(from, from + 500)
					.stream()
					.map((one) -> ExperimentFixture.click(one, ExperimentFixture.NOW.plusSeconds(60)))
					.toArray(Event[]::new));
			}
		});
		this.room.clock.advance(Duration.ofDays(1));
		Duration looking = time(() -> this.room.analyse("cost"));
		System.out.printf(Locale.ROOT,
				"%,d people: assigned in %d ms, recorded in %d ms, 20,000 clicks counted in %d ms, one look %d ms%n",
				PEOPLE, assigning.toMillis(), recording.toMillis(), clicking.toMillis(), looking.toMillis());
		assertThat(this.room.read("cost").arms().stream().mapToLong(ExperimentArmResult::conversions).sum())
			.isEqualTo(20_000);
		assertThat(assigning).isLessThan(Duration.ofSeconds(2));
		assertThat(recording).isLessThan(Duration.ofSeconds(20));
		assertThat(clicking).isLessThan(Duration.ofSeconds(20));
		assertThat(looking).isLessThan(Duration.ofSeconds(5));
	}

	private void record(List<Exposure> chunk) {
		this.room.transactions.executeWithoutResult(
				(status) -> this.room.exposures.record(this.room.tenant, "cost", ExperimentFixture.NOW, chunk));
	}

	private static Duration time(Runnable work) {
		long start = System.nanoTime();
		work.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
