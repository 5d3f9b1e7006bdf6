package io.waypost.ingestion;

import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.access.Accounts;
import io.waypost.access.Source;
import io.waypost.access.WriteKeys;
import io.waypost.identity.TestIdentity;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.TimeOrderedIds;
import io.waypost.testing.TestDatabase;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * The room built by hand over a test database, with a tenant and a write key of its own.
 */
final class TestIngestion {

	static final IngestionSettings SETTINGS = new IngestionSettings(DataSize.ofKilobytes(32), DataSize.ofKilobytes(500),
			1000, 2000, Duration.ofDays(30));

	final TenantId tenant = TestDatabase.newTenant();

	final String writeKey = "key-" + this.tenant;

	final Clock clock;

	final TestDatabase database = TestDatabase.migrated();

	final IdGenerator ids;

	final TestIdentity identity;

	final EventRows rows = new EventRows(this.database.template(), this.database.client());

	final EventLog log = new EventLog(this.database.template(), this.database.client());

	final EventReader reader;

	final Intake intake;

	final DeadLetters deadLetters;

	TestIngestion(Clock clock) {
		this(clock, (event) -> {
		});
	}

	TestIngestion(Clock clock, ApplicationEventPublisher events) {
		this.clock = clock;
		this.ids = new TimeOrderedIds(clock, RandomGenerator.getDefault());
		this.identity = TestIdentity.over(this.database, clock, events);
		this.reader = new EventReader(SETTINGS, this.ids);
		this.intake = new Intake(new TransactionTemplate(this.database.transactionManager()), this.rows,
				this.identity.profiles(), this.ids, events, new SimpleMeterRegistry());
		this.deadLetters = new DeadLetters(this.database.template(), this.database.client(), this.identity.vault(),
				this.ids, clock);
		Accounts accounts = new Accounts(this.database.client(),
				PasswordEncoderFactories.createDelegatingPasswordEncoder(), clock);
		accounts.openTenant(this.tenant);
		accounts.openSource(new Source(this.tenant, "test"), this.writeKey);
	}

	WriteKeys writeKeys() {
		return new WriteKeys(this.database.client(), this.clock);
	}

}
