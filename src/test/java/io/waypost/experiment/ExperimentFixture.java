package io.waypost.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.experiment.assign.SlotAllocationRepository;
import io.waypost.experiment.define.ExperimentRepository;
import io.waypost.experiment.measure.MeasureFixture;
import io.waypost.experiment.measure.MeasureFixture.ExportedExposure;
import io.waypost.experiment.verdict.InterimAnalyses;
import io.waypost.experiment.verdict.VerdictFixture;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Experiments built over a test database. */
final class ExperimentFixture {

	static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final ObjectMapper JSON = new ObjectMapper();

	final TestDatabase database = TestDatabase.migrated();

	final TenantId tenant = TestDatabase.newTenant();

	final MutableClock clock = MutableClock.at(NOW);

	final IdGenerator ids = new UuidV7Generator(this.clock, RandomGenerator.getDefault());

	final TransactionTemplate transactions = this.database.transactions();

	final JdbcClient jdbc = this.database.client();

	final Ledger ledger = new Ledger(this.database.dataSource(), this.database.transactionManager());

	final ExperimentSettings settings = new ExperimentSettings(0.05, Duration.ofMinutes(10), 100, 40);

	final JsonColumn json = new JsonColumn(Jackson2ObjectMapperBuilder.json().build());

	final ExperimentPhaseRepository phaseRepository = new ExperimentPhaseRepository(this.jdbc, this.json);

	final LivePhaseCache livePhases = new LivePhaseCache(this.phaseRepository, this.clock);

	final InterimAnalyses analyses = VerdictFixture.analyses(this.jdbc, this.phaseRepository, this.livePhases,
			this.ledger, this.settings, this.clock);

	final Experiments experiments = new Experiments(new ExperimentRepository(this.jdbc, this.json),
			this.phaseRepository, new SlotAllocationRepository(this.jdbc), this.livePhases, this.analyses,
			new AdvisoryLocks(this.jdbc), this.ledger, this.ids, this.clock);

	final Assignments assignments = new Assignments(this.livePhases, this.settings, this.clock);

	final Exposures exposures = new Exposures(this.jdbc, this.livePhases, this.phaseRepository);

	final Runnable schedule = VerdictFixture.schedule(this.analyses, this.phaseRepository, this.settings,
			this.transactions, this.clock);

	private final MeasureFixture measure = new MeasureFixture(this.jdbc, this.livePhases);

	Experiment start(ExperimentDefinition definition) {
		return inTransaction(() -> this.experiments.start(this.tenant, "user:anna", definition));
	}

	ExperimentResults analyse(String key) {
		return inTransaction(() -> this.experiments.analyse(this.tenant, key).orElseThrow());
	}

	ExperimentResults read(String key) {
		return this.experiments.read(this.tenant, key).orElseThrow();
	}

	<T> T inTransaction(Supplier<T> work) {
		return Objects.requireNonNull(this.transactions.execute((status) -> work.get()));
	}

	List<ProfileId> people(int number) {
		List<ProfileId> people = new ArrayList<>();
		for (int person = 0; person < number; person++) {
			people.add(new ProfileId(this.ids.next()));
		}
		return people;
	}

	/** Exposes new people to one arm and lets some of them click. */
	List<Exposure> expose(String key, AssignmentRole role, String arm, int people, int clicks) {
		List<Exposure> exposed = people(people).stream()
			.map((person) -> new Exposure(person, new Assignment(role, arm), new SendId(this.ids.next()), null))
			.toList();
		this.exposures.record(this.tenant, key, this.clock.instant(), exposed);
		Instant later = this.clock.instant().plus(Duration.ofMinutes(5));
		record(exposed.subList(0, clicks).stream().map((one) -> click(one, later)).toArray(Event[]::new));
		return exposed;
	}

	void record(Event... events) {
		this.transactions
			.executeWithoutResult((status) -> this.measure.record(new EventsRecorded(this.tenant, List.of(events))));
	}

	void merge(ProfilesMerged.Merge... merges) {
		this.transactions
			.executeWithoutResult((status) -> this.measure.merge(new ProfilesMerged(this.tenant, List.of(merges))));
	}

	List<ExportedExposure> export(ProfileId profile) {
		return this.measure.export(this.tenant, profile);
	}

	int anonymise(ProfileId profile) {
		return this.measure.anonymise(this.tenant, List.of(profile));
	}

	static Event click(Exposure exposure, Instant at) {
		return track(exposure.profile(), "Email Link Clicked", at, Map.of("email_id", String.valueOf(exposure.send())));
	}

	static Event order(ProfileId profile, Instant at, double revenue, String currency) {
		return track(profile, "Order Completed", at, Map.of("revenue", revenue, "currency", currency));
	}

	static Event track(ProfileId profile, String name, Instant at, Map<String, ?> properties) {
		return new Event(UUID.randomUUID(), profile, "track", name, JSON.valueToTree(properties),
				JSON.createObjectNode(), at, at, UUID.randomUUID().toString());
	}

}
