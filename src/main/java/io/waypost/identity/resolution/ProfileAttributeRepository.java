package io.waypost.identity.resolution;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import io.waypost.identity.AddressHash;
import io.waypost.identity.SqlArrayParameter;
import io.waypost.identity.UuidOrder;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Indirect attributes of profiles: the latest statement about each wins. */
@Component
public class ProfileAttributeRepository {

	/** One column's rule, written once: later wins, a tie goes to the greater value. */
	private static final String LATEST = """
			%1$s = case when (excluded.%2$s, excluded.%1$s) > (coalesce(kept.%2$s, '-infinity'), coalesce(kept.%1$s, ''))
				then excluded.%1$s else kept.%1$s end,
			%2$s = greatest(kept.%2$s, excluded.%2$s)""";

	private static final String FOLD = "on conflict (tenant_id, profile_id) do update set "
			+ String.join(", ", LATEST.formatted("country", "country_at"), LATEST.formatted("locale", "locale_at"),
					LATEST.formatted("time_zone", "time_zone_at"), LATEST.formatted("address_hash", "address_at"));

	private static final String WRITE = """
			insert into identity.attribute as kept (tenant_id, profile_id, country, country_at, locale, locale_at,
				time_zone, time_zone_at, address_hash, address_at)
			select ?, profile_id, country, country_at, locale, locale_at, time_zone, time_zone_at, address_hash, address_at
			from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[],
				?::text[], ?::timestamptz[]) as said (profile_id, country, country_at, locale, locale_at,
				time_zone, time_zone_at, address_hash, address_at)
			"""
			+ FOLD;

	private static final String FOLLOW = """
			insert into identity.attribute as kept (tenant_id, profile_id, country, country_at, locale, locale_at,
				time_zone, time_zone_at, address_hash, address_at)
			select tenant_id, ?, country, country_at, locale, locale_at, time_zone, time_zone_at, address_hash, address_at
			from identity.attribute where tenant_id = ? and profile_id = ?
			"""
			+ FOLD;

	private final JdbcClient jdbc;

	public ProfileAttributeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void write(TenantId tenant, Collection<AttributeUpdate> statements) {
		SortedMap<UUID, Known> latest = new TreeMap<>(UuidOrder.UNSIGNED);
		for (AttributeUpdate statement : statements) {
			if (statement.hasValues()) {
				latest.merge(statement.profile(), Known.of(statement), Known::and);
			}
		}
		if (!latest.isEmpty()) {
			List<Known> rows = List.copyOf(latest.values());
			this.jdbc.sql(WRITE)
				.param(tenant.value())
				.param(new SqlArrayParameter("uuid", latest.keySet().toArray()))
				.param(values(rows, Known::country))
				.param(times(rows, Known::country))
				.param(values(rows, Known::locale))
				.param(times(rows, Known::locale))
				.param(values(rows, Known::timeZone))
				.param(times(rows, Known::timeZone))
				.param(values(rows, Known::addressHash))
				.param(times(rows, Known::addressHash))
				.update();
		}
	}

	/**
	 * Folds what was known of absorbed profiles into their survivors. Merges are rare.
	 */
	void moveToSurvivors(TenantId tenant, Map<UUID, UUID> survivorOf) {
		survivorOf.forEach((absorbed, survivor) -> {
			this.jdbc.sql(FOLLOW).params(survivor, tenant.value(), absorbed).update();
		});
		this.jdbc.sql("delete from identity.attribute where tenant_id = ? and profile_id = any(?)")
			.param(tenant.value())
			.param(new SqlArrayParameter("uuid", survivorOf.keySet().toArray()))
			.update();
	}

	private static SqlArrayParameter values(List<Known> rows, Function<Known, @Nullable Fact> fact) {
		return new SqlArrayParameter("text", rows.stream().map(fact).map(Fact::valueOf).toArray());
	}

	private static SqlArrayParameter times(List<Known> rows, Function<Known, @Nullable Fact> fact) {
		return new SqlArrayParameter("timestamptz", rows.stream().map(fact).map(Fact::timeOf).toArray());
	}

	/** What was said of a profile at a time. */
	public record AttributeUpdate(UUID profile, @Nullable String country, @Nullable String locale,
			@Nullable String timeZone, @Nullable AddressHash address, Instant at) {

		boolean hasValues() {
			return this.country != null || this.locale != null || this.timeZone != null || this.address != null;
		}

	}

	private record Fact(String value, Instant at) {

		static @Nullable Fact of(@Nullable String value, Instant at) {
			return (value != null) ? new Fact(value, at) : null;
		}

		static @Nullable String valueOf(@Nullable Fact fact) {
			return (fact != null) ? fact.value : null;
		}

		static @Nullable Timestamp timeOf(@Nullable Fact fact) {
			return (fact != null) ? Timestamp.from(fact.at) : null;
		}

		static @Nullable Fact later(@Nullable Fact one, @Nullable Fact other) {
			if (one == null || other == null) {
				return (one != null) ? one : other;
			}
			int order = one.at.compareTo(other.at);
			return (order > 0 || (order == 0 && one.value.compareTo(other.value) >= 0)) ? one : other;
		}

	}

	private record Known(@Nullable Fact country, @Nullable Fact locale, @Nullable Fact timeZone,
			@Nullable Fact addressHash) {

		static Known of(AttributeUpdate said) {
			String address = (said.address() != null) ? said.address().hex() : null;
			return new Known(Fact.of(said.country(), said.at()), Fact.of(said.locale(), said.at()),
					Fact.of(said.timeZone(), said.at()), Fact.of(address, said.at()));
		}

		Known and(Known other) {
			return new Known(Fact.later(this.country, other.country), Fact.later(this.locale, other.locale),
					Fact.later(this.timeZone, other.timeZone), Fact.later(this.addressHash, other.addressHash));
		}

	}

}
