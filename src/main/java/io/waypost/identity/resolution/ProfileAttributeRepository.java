package io.waypost.identity.resolution;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import io.waypost.database.SqlArray;
import io.waypost.identity.AddressHash;
import io.waypost.identity.UuidOrder;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL access to indirect attributes of profiles: the latest value of each attribute wins.
 */
@Component
public class ProfileAttributeRepository {

	/**
	 * The merge rule of one column: the later value wins; of two with the same time, the
	 * greater one.
	 */
	private static final String LATEST = """
			%1$s = case when (excluded.%2$s, excluded.%1$s) > (coalesce(kept.%2$s, '-infinity'), coalesce(kept.%1$s, ''))
				then excluded.%1$s else kept.%1$s end,
			%2$s = greatest(kept.%2$s, excluded.%2$s)""";

	private static final String MERGE = "on conflict (tenant_id, profile_id) do update set "
			+ String.join(", ", LATEST.formatted("country", "country_at"), LATEST.formatted("locale", "locale_at"),
					LATEST.formatted("time_zone", "time_zone_at"), LATEST.formatted("address_hash", "address_at"));

	private static final String UPSERT = """
			insert into identity.attribute as kept (tenant_id, profile_id, country, country_at, locale, locale_at,
				time_zone, time_zone_at, address_hash, address_at)
			select ?, profile_id, country, country_at, locale, locale_at, time_zone, time_zone_at, address_hash, address_at
			from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[],
				?::text[], ?::timestamptz[]) as stated (profile_id, country, country_at, locale, locale_at,
				time_zone, time_zone_at, address_hash, address_at)
			"""
			+ MERGE;

	private static final String MOVE = """
			insert into identity.attribute as kept (tenant_id, profile_id, country, country_at, locale, locale_at,
				time_zone, time_zone_at, address_hash, address_at)
			select tenant_id, ?, country, country_at, locale, locale_at, time_zone, time_zone_at, address_hash, address_at
			from identity.attribute where tenant_id = ? and profile_id = ?
			"""
			+ MERGE;

	private final JdbcClient jdbc;

	public ProfileAttributeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void write(TenantId tenant, Collection<AttributeUpdate> updates) {
		SortedMap<UUID, Attributes> latest = new TreeMap<>(UuidOrder.UNSIGNED);
		for (AttributeUpdate update : updates) {
			if (update.hasValues()) {
				latest.merge(update.profile(), Attributes.of(update), Attributes::and);
			}
		}
		if (!latest.isEmpty()) {
			List<Attributes> rows = List.copyOf(latest.values());
			this.jdbc.sql(UPSERT)
				.param(tenant.value())
				.param(SqlArray.uuids(latest.keySet()))
				.param(values(rows, Attributes::country))
				.param(times(rows, Attributes::country))
				.param(values(rows, Attributes::locale))
				.param(times(rows, Attributes::locale))
				.param(values(rows, Attributes::timeZone))
				.param(times(rows, Attributes::timeZone))
				.param(values(rows, Attributes::addressHash))
				.param(times(rows, Attributes::addressHash))
				.update();
		}
	}

	/**
	 * Merges the attributes of absorbed profiles into their survivors. One statement per
	 * merge, because merges are rare.
	 */
	void moveToSurvivors(TenantId tenant, Map<UUID, UUID> survivorOf) {
		survivorOf.forEach((absorbed, survivor) -> {
			this.jdbc.sql(MOVE).params(survivor, tenant.value(), absorbed).update();
		});
		this.jdbc.sql("delete from identity.attribute where tenant_id = ? and profile_id = any(?)")
			.param(tenant.value())
			.param(SqlArray.uuids(survivorOf.keySet()))
			.update();
	}

	private static SqlArray values(List<Attributes> rows, Function<Attributes, @Nullable TimedValue> attribute) {
		return SqlArray.texts(rows, (row) -> TimedValue.valueOf(attribute.apply(row)));
	}

	private static SqlArray times(List<Attributes> rows, Function<Attributes, @Nullable TimedValue> attribute) {
		return SqlArray.times(rows, (row) -> TimedValue.timeOf(attribute.apply(row)));
	}

	/** New values of a profile's attributes; null means not stated. */
	public record AttributeUpdate(UUID profile, @Nullable String country, @Nullable String locale,
			@Nullable String timeZone, @Nullable AddressHash address, Instant at) {

		boolean hasValues() {
			return this.country != null || this.locale != null || this.timeZone != null || this.address != null;
		}

	}

	private record TimedValue(String value, Instant at) {

		static @Nullable TimedValue of(@Nullable String value, Instant at) {
			return (value != null) ? new TimedValue(value, at) : null;
		}

		static @Nullable String valueOf(@Nullable TimedValue attribute) {
			return (attribute != null) ? attribute.value : null;
		}

		static @Nullable Instant timeOf(@Nullable TimedValue attribute) {
			return (attribute != null) ? attribute.at : null;
		}

		static @Nullable TimedValue later(@Nullable TimedValue one, @Nullable TimedValue other) {
			if (one == null || other == null) {
				return (one != null) ? one : other;
			}
			int order = one.at.compareTo(other.at);
			return (order > 0 || (order == 0 && one.value.compareTo(other.value) >= 0)) ? one : other;
		}

	}

	private record Attributes(@Nullable TimedValue country, @Nullable TimedValue locale, @Nullable TimedValue timeZone,
			@Nullable TimedValue addressHash) {

		static Attributes of(AttributeUpdate update) {
			String address = (update.address() != null) ? update.address().hex() : null;
			return new Attributes(TimedValue.of(update.country(), update.at()),
					TimedValue.of(update.locale(), update.at()), TimedValue.of(update.timeZone(), update.at()),
					TimedValue.of(address, update.at()));
		}

		Attributes and(Attributes other) {
			return new Attributes(TimedValue.later(this.country, other.country),
					TimedValue.later(this.locale, other.locale), TimedValue.later(this.timeZone, other.timeZone),
					TimedValue.later(this.addressHash, other.addressHash));
		}

	}

}
