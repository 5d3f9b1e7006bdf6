package io.waypost.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Fingerprint;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores known sign-ins as hashes, because an address is personal data. A program that
 * signs in with each request writes one row a day.
 */
@Component
class KnownSignInRepository implements KnownSignIns {

	private static final Duration LIFETIME = Duration.ofDays(30);

	private static final int MAX_RECENT = 10_000;

	private final JdbcClient jdbc;

	private final Clock clock;

	/** Sign-ins that were written today. */
	private final Cache<String, Boolean> written;

	KnownSignInRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.written = Caffeine.newBuilder()
			.maximumSize(MAX_RECENT)
			.expireAfterWrite(Duration.ofDays(1))
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
	}

	@Override
	public boolean contains(String name, String network) {
		return TenantScope
			.all(() -> this.jdbc.sql("SELECT count(*) FROM access.known_sign_in WHERE hash = ? AND signed_in_at > ?")
				.params(hash(name, network), SqlTime.of(expired()))
				.query(Long.class)
				.single()) > 0;
	}

	@Override
	public void add(String name, String network) {
		if (this.written.asMap().putIfAbsent(name + ' ' + network, true) != null) {
			return;
		}
		TenantScope.runAll(() -> write(name, network));
	}

	private void write(String name, String network) {
		this.jdbc.sql("DELETE FROM access.known_sign_in WHERE signed_in_at <= ?").param(SqlTime.of(expired())).update();
		this.jdbc.sql("""
				INSERT INTO access.known_sign_in (hash, signed_in_at) VALUES (?, ?)
				ON CONFLICT (hash) DO UPDATE SET signed_in_at = excluded.signed_in_at
				""").params(hash(name, network), SqlTime.of(this.clock.instant())).update();
	}

	private Instant expired() {
		return this.clock.instant().minus(LIFETIME);
	}

	private static byte[] hash(String name, String network) {
		return Fingerprint.ofText(name + ' ' + network).bytes();
	}

}
