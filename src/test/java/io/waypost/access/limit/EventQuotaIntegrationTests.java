package io.waypost.access.limit;

import java.time.Duration;
import java.time.Instant;

import io.waypost.access.InvalidRequestException;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Quota of events a day, counted by two nodes. */
class EventQuotaIntegrationTests {

	private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-30T23:00:00Z"));

	private final TestDatabase database = TestDatabase.migrated();

	private final TenantId tenant = TestDatabase.newTenant();

	private final TenantLimits limits = TestLimits.of(this.database.client(),
			new Ledger(this.database.dataSource(), this.database.transactionManager()), this.clock);

	private final EventQuota one = new EventQuota(this.database.client(), this.limits, this.clock);

	private final EventQuota two = new EventQuota(this.database.client(), this.limits, this.clock);

	@BeforeEach
	void allowTenEventsADay() {
		this.database.client()
			.sql("insert into access.tenant (tenant_id, created_at) values (?, now())")
			.param(this.tenant.value())
			.update();
		this.limits.change(this.tenant, new LimitOverrides(null, null, 10L, null), "test");
	}

	@Test
	void refusesEventsUntilMidnight() {
		this.one.require(this.tenant);
		this.one.add(this.tenant, 10);
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.one.require(this.tenant))
			.satisfies((refused) -> {
				assertThat(refused.getStatusCode().value()).isEqualTo(429);
				assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("3601");
				assertThat(refused.getBody().getDetail()).contains("quota of 10 events");
			});
		this.clock.advance(Duration.ofHours(1));
		assertThatNoException().isThrownBy(() -> this.one.require(this.tenant));
	}

	@Test
	void countsTheEventsOfOtherNodesAndOfEarlierStarts() {
		this.one.add(this.tenant, 6);
		this.two.require(this.tenant);
		this.two.add(this.tenant, 4);
		this.one.flush();
		this.two.flush();
		this.one.flush();
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.one.require(this.tenant));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.two.require(this.tenant));
		EventQuota restarted = new EventQuota(this.database.client(), this.limits, this.clock);
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> restarted.require(this.tenant));
	}

	@Test
	void countsNothingWithoutAQuota() {
		this.limits.change(this.tenant, new LimitOverrides(null, null, 0L, null), "test");
		this.one.add(this.tenant, 1000);
		this.one.require(this.tenant);
		this.one.flush();
		assertThat(this.database.client()
			.sql("select count(*) from access.event_usage where tenant_id = ?")
			.param(this.tenant.value())
			.query(Long.class)
			.single()).isZero();
	}

}
