package io.waypost.access.limit;

import java.time.Clock;

import io.waypost.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Limits for tests that build a part of the product by hand. */
public final class TestLimits {

	/** High rates and no quotas. */
	static final RateLimitSettings SETTINGS = new RateLimitSettings(null, 5000, 1000, 500, 2, 0, 0);

	private TestLimits() {
	}

	/**
	 * Makes limits without quotas.
	 * @param jdbc database
	 * @param ledger ledger
	 * @param clock clock
	 * @return the limits
	 */
	public static TenantLimits of(JdbcClient jdbc, Ledger ledger, Clock clock) {
		return new TenantLimits(jdbc, ledger, clock, SETTINGS);
	}

	/**
	 * Makes a limiter in memory.
	 * @param limits limits of tenants
	 * @return the limiter
	 */
	public static RequestLimiter limiter(TenantLimits limits) {
		return new RequestLimiter(new LocalRateLimiter(), limits, SETTINGS);
	}

	/**
	 * Makes a quota of events.
	 * @param jdbc database
	 * @param limits limits of tenants
	 * @param clock clock
	 * @return the quota
	 */
	public static EventQuota quota(JdbcClient jdbc, TenantLimits limits, Clock clock) {
		return new EventQuota(jdbc, limits, clock);
	}

}
