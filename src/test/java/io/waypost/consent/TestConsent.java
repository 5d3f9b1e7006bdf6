package io.waypost.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.JsonColumn;
import io.waypost.identity.AddressHash;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.identity.TestIdentity;
import io.waypost.identity.Traits;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import org.springframework.transaction.support.TransactionTemplate;

/** The beans of the module consent, built over a test database, with profiles. */
final class TestConsent {

	static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final ObjectMapper JSON = new ObjectMapper();

	final TestDatabase database = TestDatabase.migrated();

	final TenantId tenant = TestDatabase.newTenant();

	final MutableClock clock = MutableClock.at(NOW);

	final TransactionTemplate transactions = this.database.transactions();

	/** Recorded ledger entries. */
	final List<LedgerEntry> ledger = new ArrayList<>();

	/** Published events. */
	final List<Object> published = new ArrayList<>();

	final TestIdentity identity = TestIdentity.over(this.database, this.clock, (event) -> {
		if (event instanceof ProfilesMerged merged) {
			listener().on(merged);
		}
	});

	final ConsentRepository repository = new ConsentRepository(this.database.client());

	final Topics topics = new Topics(this.database.client());

	final Suppressions suppressions = new Suppressions(this.database.client(),
			new AdvisoryLocks(this.database.client()), this.identity.profiles(), recordingLedger(), this.clock);

	final AddressConsents addresses = new AddressConsents(this.database.client(),
			new AdvisoryLocks(this.database.client()), this.identity.profiles());

	final Consents consents = new Consents(this.repository, this.database.client(), this.identity.profiles(),
			this.identity.erasures(), this.suppressions, this.addresses, this.identity.vault(),
			new EvidenceCipher(this.identity.vault(), new JsonColumn(new ObjectMapper())), recordingLedger(),
			new UuidV7Generator(this.clock, RandomGenerator.getDefault()), this.published::add, this.clock);

	private final ConsentEventListener listener = new ConsentEventListener(this.consents, this.repository,
			this.addresses, this.topics);

	ConsentEventListener listener() {
		return this.listener;
	}

	SendPermissionEvaluator evaluator(ConsentDecisionTable.TableEvaluation tables) {
		return new SendPermissionEvaluator(this.identity.profiles(), this.suppressions,
				new ConsentDecisionTable(tables), new AdvisoryLocks(this.database.client()), this.database.client(),
				new SimpleMeterRegistry());
	}

	ProfileId person() {
		return person(Traits.NONE);
	}

	ProfileId person(EmailAddress email) {
		return person(new Traits(email, Map.of(), "DE", null, null));
	}

	/** Adds a topic or redefines the one with its key. */
	void defineTopic(Topic topic, int position) {
		this.database.client()
			.sql("""
					insert into consent.topic (tenant_id, key, name, description, transactional, position)
					values (?, ?, ?, ?, ?, ?)
					""")
			.params(this.tenant.value(), topic.key(), topic.name(), topic.description(), topic.transactional(),
					position)
			.update();
	}

	AddressHash hash(EmailAddress email) {
		return this.identity.profiles().hash(this.tenant, email);
	}

	void record(ConsentChange... changes) {
		this.transactions
			.executeWithoutResult((status) -> this.consents.record(this.tenant, "user:anna", List.of(changes)));
	}

	void record(Event... events) {
		this.transactions
			.executeWithoutResult((status) -> this.listener.on(new EventsRecorded(this.tenant, List.of(events))));
	}

	void merge(Merge... merges) {
		this.transactions
			.executeWithoutResult((status) -> this.listener.on(new ProfilesMerged(this.tenant, List.of(merges))));
	}

	Consent consent(ProfileId profile, String topic) {
		return this.consents.of(this.tenant, profile)
			.stream()
			.filter((consent) -> consent.topic().equals(topic))
			.findFirst()
			.orElseThrow();
	}

	static ConsentChange change(ProfileId profile, String topic, ConsentStatus status, Instant at) {
		return change(profile, topic, status, at, "Yes, please");
	}

	static ConsentChange change(ProfileId profile, String topic, ConsentStatus status, Instant at, String text) {
		return new ConsentChange(profile, topic, status, null, new ConsentEvidence("form", text, "3", null, at));
	}

	static Event event(ProfileId profile, String type, String name, Map<String, ?> properties, Map<String, ?> context,
			Instant at) {
		return new Event(UUID.randomUUID(), profile, type, name, JSON.valueToTree(properties),
				JSON.valueToTree(context), at, at, UUID.randomUUID().toString());
	}

	private ProfileId person(Traits traits) {
		String userId = UUID.randomUUID().toString();
		return this.identity
			.resolve(this.tenant,
					List.of(new IdentityObservation(userId, null, null, traits, this.clock.instant(), userId)))
			.getFirst();
	}

	private Ledger recordingLedger() {
		Ledger recording = Mockito.mock(Ledger.class);
		Mockito.doAnswer((call) -> {
			List<LedgerEntry> entries = call.getArgument(0);
			return this.ledger.addAll(entries);
		}).when(recording).record(ArgumentMatchers.anyList());
		return recording;
	}

}
