package io.waypost.journey.run;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartingRunsTests {

	private final StartingRuns runs = new StartingRuns();

	private final PendingRun first = run();

	private final PendingRun second = run();

	@Test
	void knowsTheRunsBetweenOpenAndClose() {
		assertThat(this.runs.find(this.first.id())).as("before").isEmpty();
		this.runs.open(List.of(this.first, this.second));
		assertThat(this.runs.find(this.first.id())).contains(this.first);
		assertThat(this.runs.find(this.second.id())).contains(this.second);
		assertThat(this.runs.find(run().id())).as("another run").isEmpty();
		this.runs.close();
		assertThat(this.runs.find(this.first.id())).as("after").isEmpty();
	}

	@Test
	void recordsTheOutcomeOfItsRuns() {
		this.runs.open(List.of(this.first, this.second));
		assertThat(this.runs.ended(this.first.id(), "Message sent")).isTrue();
		assertThat(this.runs.outcome(this.first.id())).contains("Message sent");
		assertThat(this.runs.outcome(this.second.id())).as("a run that waits").isEmpty();
	}

	@Test
	void ignoresTheEndOfOtherRuns() {
		assertThat(this.runs.ended(this.first.id(), "Message sent")).as("outside").isFalse();
		this.runs.open(List.of(this.first));
		assertThat(this.runs.ended(this.second.id(), "Message sent")).isFalse();
		assertThat(this.runs.outcome(this.second.id())).isEmpty();
	}

	@Test
	void forgetsOutcomesWithTheRuns() {
		this.runs.open(List.of(this.first));
		this.runs.ended(this.first.id(), "Message sent");
		this.runs.open(List.of(this.first));
		assertThat(this.runs.outcome(this.first.id())).as("started again").isEmpty();
		this.runs.ended(this.first.id(), "Message sent");
		this.runs.close();
		assertThat(this.runs.outcome(this.first.id())).isEmpty();
	}

	@Test
	void isolatesThreads() {
		this.runs.open(List.of(this.first));
		CompletableFuture.runAsync(() -> {
			assertThat(this.runs.find(this.first.id())).isEmpty();
			assertThat(this.runs.ended(this.first.id(), "Message sent")).isFalse();
			this.runs.open(List.of(this.second));
			this.runs.close();
		}).join();
		assertThat(this.runs.find(this.first.id())).contains(this.first);
		assertThat(this.runs.outcome(this.first.id())).isEmpty();
	}

	private static PendingRun run() {
		return new PendingRun(new TenantId("t"), new JourneyRunId(UUID.randomUUID()), "welcome",
				new ProfileId(UUID.randomUUID()), "welcome", "marketing", "PT0S", 0, Map.of(), Map.of());
	}

}
