package io.waypost.feature.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.feature.LifecycleStage;
import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.feature.state.FeatureStateRepository.StateRow;
import io.waypost.feature.state.FeatureTestEvents;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FeatureUpdateListenerIntegrationTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final TestDatabase database = TestDatabase.migrated();

	private final TenantId tenant = TestDatabase.newTenant();

	private final MutableClock clock = MutableClock.at(NOW);

	private final FeatureStateRepository stateRepository = new FeatureStateRepository(this.database.client());

	private final FeatureUpdateListener updates = new FeatureUpdateListener(this.stateRepository, this.clock,
			new SimpleMeterRegistry());

	private final Random random = new Random(7);

	@Test
	void storesTheStatesOfABatch() {
		ProfileId one = FeatureTestEvents.profile();
		ProfileId other = FeatureTestEvents.profile();
		List<Event> events = Stream
			.concat(Stream.generate(() -> FeatureTestEvents.any(one, this.random)).limit(40),
					Stream.generate(() -> FeatureTestEvents.any(other, this.random)).limit(40))
			.sorted(Comparator.comparing(Event::receivedAt))
			.toList();
		for (int start = 0; start < events.size(); start += 10) {
			record(events.subList(start, start + 10));
		}
		assertThat(state(one)).isEqualTo(expected(events, one));
		assertThat(state(other)).isEqualTo(expected(events, other));
	}

	@Test
	void writesNothingWhenNothingChanges() {
		ProfileId profile = FeatureTestEvents.profile();
		Map<String, String> visit = Map.of("userAgent", "Mozilla/5.0 (X11; Linux)");
		record(List.of(FeatureTestEvents.page(profile, NOW, visit)));
		String version = rowVersion(profile);
		record(List.of(FeatureTestEvents.page(profile, NOW.plusSeconds(5), visit),
				FeatureTestEvents.track(profile, "Song Played", NOW, Map.of())));
		assertThat(rowVersion(profile)).isEqualTo(version);
		record(List.of(FeatureTestEvents.page(profile, NOW.plus(Duration.ofDays(2)), visit)));
		record(List.of(FeatureTestEvents.track(profile, "Product Viewed", NOW, Map.of())));
		assertThat(rowVersion(profile)).isNotEqualTo(version);
	}

	@Test
	void createsNoRowWithoutRelevantEvents() {
		ProfileId profile = FeatureTestEvents.profile();
		record(List.of(FeatureTestEvents.track(profile, "Song Played", NOW, Map.of()),
				FeatureTestEvents.identify(profile, NOW, Map.of("plan", "pro"), Map.of())));
		assertThat(this.stateRepository.read(this.tenant, List.of(profile))).isEmpty();
	}

	@Test
	void losesNoEventInConcurrentBatchesAboutNewProfiles() throws Exception {
		List<ProfileId> people = Stream.generate(FeatureTestEvents::profile).limit(20).toList();
		int batches = 16;
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
			List<Future<?>> running = IntStream.range(0, batches).<Future<?>>mapToObj((batch) -> threads.submit(() -> {
				start.await();
				record(people.stream().map(this::view).toList());
				return null;
			})).toList();
			start.countDown();
			for (Future<?> one : running) {
				one.get(60, TimeUnit.SECONDS);
			}
		}
		for (StateRow row : this.stateRepository.read(this.tenant, people)) {
			double views = FeatureState.decode(row.state()).affinity().sharesAt(NOW).get("Lamps");
			assertThat(views).isEqualTo(batchesShare(batches));
		}
		assertThat(this.stateRepository.read(this.tenant, people)).hasSize(people.size());
	}

	@Test
	void movesFeaturesOnAMerge() {
		ProfileId anonymous = FeatureTestEvents.profile();
		ProfileId known = FeatureTestEvents.profile();
		ProfileId last = FeatureTestEvents.profile();
		List<Event> events = Stream.of(anonymous, known, last)
			.flatMap((profile) -> Stream.generate(() -> FeatureTestEvents.any(profile, this.random)).limit(30))
			.toList();
		record(events);
		merge(new Merge(known, anonymous), new Merge(last, known));
		assertThat(state(last)).isEqualTo(FeatureState.of(events).encode());
		assertThat(this.stateRepository.read(this.tenant, List.of(anonymous, known))).isEmpty();
	}

	@Test
	void movesFeaturesToASurvivorWithoutState() {
		ProfileId anonymous = FeatureTestEvents.profile();
		ProfileId known = FeatureTestEvents.profile();
		record(List.of(view(anonymous)));
		byte[] before = state(anonymous);
		merge(new Merge(known, anonymous));
		assertThat(state(known)).isEqualTo(before);
		merge(new Merge(FeatureTestEvents.profile(), FeatureTestEvents.profile()));
	}

	@Test
	void schedulesTheAnnouncementOfAStageChangedByAnOrder() {
		ProfileId profile = FeatureTestEvents.profile();
		record(List.of(order(profile, NOW.minus(Duration.ofHours(1)))));
		assertThat(row(profile).stage()).as("announced stage").isEqualTo(LifecycleStage.PROSPECT);
		assertThat(row(profile).nextStageAt()).isEqualTo(NOW);
		record(List.of(view(profile)));
		assertThat(row(profile).nextStageAt()).isEqualTo(NOW);
		this.clock.advance(Duration.ofSeconds(20));
		record(List.of(order(profile, NOW)));
		assertThat(row(profile).stage()).isEqualTo(LifecycleStage.PROSPECT);
		assertThat(row(profile).nextStageAt()).as("still due").isEqualTo(NOW);
	}

	@Test
	void doesNotAnnounceStagesChangedByPastOrders() {
		ProfileId profile = FeatureTestEvents.profile();
		record(List.of(order(profile, NOW.minus(Duration.ofDays(10)))));
		assertThat(row(profile).stage()).isEqualTo(LifecycleStage.NEW);
		assertThat(row(profile).nextStageAt()).isEqualTo(NOW.plus(Duration.ofDays(80)));
		record(List.of(view(profile)));
		assertThat(row(profile).nextStageAt()).isEqualTo(NOW.plus(Duration.ofDays(80)));
		ProfileId quiet = FeatureTestEvents.profile();
		record(List.of(order(quiet, NOW.minus(Duration.ofDays(100)))));
		assertThat(row(quiet).stage()).isEqualTo(LifecycleStage.AT_RISK);
		assertThat(row(quiet).nextStageAt()).isEqualTo(NOW.plus(Duration.ofDays(80)));
	}

	@Test
	void keepsAPendingAnnouncement() {
		ProfileId profile = FeatureTestEvents.profile();
		record(List.of(order(profile, NOW.minus(Duration.ofDays(2)))));
		this.clock.advance(Duration.ofDays(95));
		record(List.of(order(profile, NOW.minus(Duration.ofDays(40)))));
		assertThat(row(profile).stage()).isEqualTo(LifecycleStage.NEW);
		assertThat(row(profile).nextStageAt()).isEqualTo(NOW.plus(Duration.ofDays(88)));
	}

	private void record(List<Event> events) {
		this.database.transactions()
			.executeWithoutResult((status) -> this.updates.on(new EventsRecorded(this.tenant, events)));
	}

	private void merge(Merge... merges) {
		this.database.transactions()
			.executeWithoutResult((status) -> this.updates.on(new ProfilesMerged(this.tenant, List.of(merges))));
	}

	private Event view(ProfileId profile) {
		return FeatureTestEvents.track(profile, "Product Viewed", NOW, Map.of("category", "Lamps"));
	}

	private static Event order(ProfileId profile, Instant at) {
		return FeatureTestEvents.track(profile, "Order Completed", at, Map.of("revenue", 10));
	}

	private static double batchesShare(int batches) {
		FeatureState state = new FeatureState();
		ProfileId profile = FeatureTestEvents.profile();
		for (int batch = 0; batch < batches; batch++) {
			state.apply(FeatureTestEvents.track(profile, "Product Viewed", NOW, Map.of("category", "Lamps")));
		}
		return state.affinity().sharesAt(NOW).get("Lamps");
	}

	private static byte[] expected(List<Event> events, ProfileId profile) {
		return FeatureState.of(events.stream().filter((event) -> event.profile().equals(profile)).toList()).encode();
	}

	private byte[] state(ProfileId profile) {
		return row(profile).state();
	}

	private StateRow row(ProfileId profile) {
		return this.stateRepository.read(this.tenant, List.of(profile)).getFirst();
	}

	private String rowVersion(ProfileId profile) {
		return this.database.client()
			.sql("select xmin || ':' || ctid from feature.profile_state where tenant_id = ? and profile_id = ?")
			.params(this.tenant.value(), profile.value())
			.query(String.class)
			.single();
	}

}
