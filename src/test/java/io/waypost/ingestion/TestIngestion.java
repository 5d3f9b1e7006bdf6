package io.waypost.ingestion;

import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.access.Source;
import io.waypost.access.WriteKeyRepository;
import io.waypost.access.limit.TenantLimits;
import io.waypost.access.limit.TestLimits;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.identity.TestIdentity;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.ingestion.store.EventRepository;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.ledger.Ledger;
import io.waypost.testing.TestDatabase;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * The beans of the module ingestion, built over a test database, with a new tenant and
 * write key.
 */
public final class TestIngestion {

	public static final IngestionSettings SETTINGS = new IngestionSettings(DataSize.ofKilobytes(32),
			DataSize.ofKilobytes(500), 1000, 2000, Duration.ofDays(30));

	public final TenantId tenant = TestDatabase.newTenant();

	public final String writeKey = "key-" + this.tenant;

	public final Clock clock;

	public final TestDatabase database = TestDatabase.migrated();

	public final IdGenerator ids;

	public final TestIdentity identity;

	public final EventRepository rows = new EventRepository(this.database.template(), this.database.client());

	public final EventLog log = new EventLog(this.database.template(), this.database.client());

	public final EventParser reader;

	public final BatchIngestor ingestor;

	public final DeadLetterRepository deadLetters;

	public TestIngestion(Clock clock) {
		this(clock, (event) -> {
		});
	}

	public TestIngestion(Clock clock, ApplicationEventPublisher events) {
		this.clock = clock;
		this.ids = new UuidV7Generator(clock, RandomGenerator.getDefault());
		this.identity = TestIdentity.over(this.database, clock, events);
		this.reader = new EventParser(SETTINGS, this.ids);
		this.ingestor = new BatchIngestor(new TransactionTemplate(this.database.transactionManager()), this.rows,
				this.identity.profiles(), this.ids, events, new SimpleMeterRegistry());
		this.deadLetters = new DeadLetterRepository(this.database.template(), this.database.client(),
				this.identity.vault(), this.ids, clock);
		AccountProvisioner accounts = new AccountProvisioner(this.database.client(),
				PasswordEncoderFactories.createDelegatingPasswordEncoder(), clock);
		accounts.createTenant(this.tenant);
		accounts.createSource(new Source(this.tenant, "test"), this.writeKey);
	}

	public TenantLimits limits() {
		return TestLimits.of(this.database.client(),
				new Ledger(this.database.dataSource(), this.database.transactionManager()), this.clock);
	}

	public WriteKeyRepository writeKeys() {
		return new WriteKeyRepository(this.database.client(), this.clock);
	}

}
