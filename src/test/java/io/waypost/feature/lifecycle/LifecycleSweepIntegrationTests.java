package io.waypost.feature.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.feature.FeatureSettings;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.feature.state.FeatureTestEvents;
import io.waypost.feature.update.FeatureUpdateFixture;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.ingestion.InternalEvent;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LifecycleSweepIntegrationTests {

	private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

	private final TestDatabase database = TestDatabase.migrated();

	private final TenantId tenant = TestDatabase.newTenant();

	private final MutableClock clock = MutableClock.at(NOW);

	private final FeatureStateRepository stateRepository = new FeatureStateRepository(this.database.client());

	private final List<InternalEvent> announced = new ArrayList<>();

	private final LifecycleSweep sweep = sweep((tenant, events) -> {
		if (tenant.equals(this.tenant)) {
			this.announced.addAll(events);
		}
	});

	@Test
	void announcesStagesChangedByTime() {
		List<ProfileId> people = buyers(7);
		this.clock.advance(Duration.ofDays(89));
		this.sweep.run();
		assertThat(this.announced).isEmpty();
		this.clock.advance(Duration.ofDays(1));
		this.sweep.run();
		assertThat(this.announced).extracting(InternalEvent::profile).containsExactlyInAnyOrderElementsOf(people);
		assertThat(this.announced).allSatisfy((event) -> {
			assertThat(event.name()).isEqualTo("Lifecycle Stage Changed");
			assertThat(event.properties()).isEqualTo(Map.of("from", "NEW", "to", "AT_RISK"));
		});
		this.sweep.run();
		assertThat(this.announced).hasSize(7);
		this.clock.advance(Duration.ofDays(90));
		this.sweep.run();
		assertThat(this.announced).hasSize(14)
			.last()
			.extracting(InternalEvent::properties)
			.isEqualTo(Map.of("from", "AT_RISK", "to", "LAPSED"));
		assertThat(this.stateRepository.read(this.tenant, people)).allMatch((row) -> row.nextStageAt() == null);
	}

	@Test
	void announcesStagesChangedByAnOrder() {
		ProfileId person = FeatureTestEvents.profile();
		order(List.of(person));
		this.sweep.run();
		this.clock.advance(Duration.ofDays(100));
		this.sweep.run();
		order(List.of(person));
		this.sweep.run();
		this.sweep.run();
		assertThat(this.announced).extracting(InternalEvent::properties)
			.containsExactly(Map.of("from", "PROSPECT", "to", "NEW"), Map.of("from", "NEW", "to", "AT_RISK"),
					Map.of("from", "AT_RISK", "to", "ACTIVE"));
		assertThat(this.announced).extracting(InternalEvent::messageId).doesNotHaveDuplicates();
		assertThat(this.stateRepository.read(this.tenant, List.of(person))).singleElement()
			.satisfies((row) -> assertThat(row.nextStageAt()).isAfter(this.clock.instant()));
	}

	@Test
	void skipsStagesThatPassedBetweenSweeps() {
		buyers(1);
		this.clock.advance(Duration.ofDays(400));
		this.sweep.run();
		assertThat(this.announced).singleElement()
			.extracting(InternalEvent::properties)
			.isEqualTo(Map.of("from", "NEW", "to", "LAPSED"));
	}

	@Test
	void usesTheSameMessageIdForARepeatedChange() {
		buyers(1);
		this.clock.advance(Duration.ofDays(90));
		List<InternalEvent> lost = new ArrayList<>();
		LifecycleSweep failing = sweep((tenant, events) -> {
			lost.addAll(events);
			throw new IllegalStateException("Ingestion failed");
		});
		assertThatThrownBy(failing::run).hasMessage("Ingestion failed");
		this.sweep.run();
		assertThat(this.announced).extracting(InternalEvent::messageId)
			.isNotEmpty()
			.allMatch((id) -> lost.stream().anyMatch((event) -> event.messageId().equals(id)));
	}

	/** Customers in the stage NEW that was announced. */
	private List<ProfileId> buyers(int count) {
		List<ProfileId> people = Stream.generate(FeatureTestEvents::profile).limit(count).toList();
		order(people);
		this.sweep.run();
		assertThat(this.announced).hasSize(count);
		this.announced.clear();
		return people;
	}

	private void order(List<ProfileId> people) {
		List<Event> orders = people.stream()
			.map((profile) -> FeatureTestEvents.track(profile, "Order Completed", this.clock.instant(),
					Map.of("revenue", 1)))
			.toList();
		this.database.transactions()
			.executeWithoutResult((status) -> FeatureUpdateFixture.record(this.stateRepository, this.clock,
					new EventsRecorded(this.tenant, orders)));
	}

	private LifecycleSweep sweep(LifecycleSweep.EventRecorder recorder) {
		return new LifecycleSweep(this.stateRepository, recorder, this.database.transactions(), this.clock,
				new FeatureSettings(Duration.ofMinutes(1), 3), new SimpleMeterRegistry());
	}

}
