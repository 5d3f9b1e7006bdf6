package io.waypost.identity.vault;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import javax.crypto.SecretKey;

import io.waypost.identity.SqlArrayParameter;
import io.waypost.identity.UuidOrder;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sealed fields of the vault: the latest statement about each wins. */
@Component
public class VaultFieldRepository {

	/**
	 * A user id is a field of its own for each id, because merged people have several.
	 */
	public static final String USER_ID = "userId:";

	private final JdbcClient jdbc;

	private final DataKeyRepository keys;

	private final Keyring keyring;

	private final RandomGenerator random;

	public VaultFieldRepository(JdbcClient jdbc, DataKeyRepository keys, Keyring keyring, RandomGenerator random) {
		this.jdbc = jdbc;
		this.keys = keys;
		this.keyring = keyring;
		this.random = random;
	}

	/**
	 * Writes what is new. Encrypts only values that differ from the stored ones, which
	 * their keyed hashes tell.
	 */
	public void write(TenantId tenant, Collection<FieldUpdate> statements) {
		SortedMap<Place, Version> latest = latest(tenant, statements);
		if (latest.isEmpty()) {
			return;
		}
		Map<Place, Version> stored = stored(tenant, latest.keySet());
		List<Said> repeated = new ArrayList<>();
		List<Said> changed = new ArrayList<>();
		latest.forEach((place, version) -> {
			Version old = stored.get(place);
			if (old == null || Version.ORDER.compare(version, old) > 0) {
				boolean same = old != null && old.mac().equals(version.mac());
				(same ? repeated : changed).add(new Said(place, version));
			}
		});
		touch(tenant, repeated);
		seal(tenant, changed);
	}

	/** All fields of these profiles, opened; erased keys leave nothing. */
	public Map<UUID, Map<String, DecryptedValue>> open(TenantId tenant, Collection<UUID> profiles) {
		return open(tenant, profiles, null);
	}

	/** Some fields of these profiles, opened; null means all. */
	public Map<UUID, Map<String, DecryptedValue>> open(TenantId tenant, Collection<UUID> profiles,
			@Nullable List<String> fields) {
		Map<UUID, Map<String, DecryptedValue>> opened = new HashMap<>();
		Map<UUID, SecretKey> unwrapped = new HashMap<>();
		this.jdbc.sql("""
				select f.profile_id, f.field, f.key_id, f.as_of, f.sealed, k.wrapped
				from identity.vault_field f
				join identity.vault_key k on k.tenant_id = f.tenant_id and k.key_id = f.key_id
				where f.tenant_id = ? and f.profile_id = any(?)
				""" + ((fields != null) ? " and f.field = any(?)" : ""))
			.params(parameters(tenant, profiles, fields))
			.query((row) -> {
				UUID keyId = row.getObject(3, UUID.class);
				byte[] wrapped = row.getBytes(6);
				SecretKey key = unwrapped.computeIfAbsent(keyId, (id) -> this.keys.unwrap(tenant, id, wrapped));
				String field = row.getString(2);
				byte[] clear = AesGcm.open(key, associated(tenant, keyId, field), row.getBytes(5));
				opened.computeIfAbsent(row.getObject(1, UUID.class), (id) -> new TreeMap<>())
					.put(field, new DecryptedValue(new String(clear, StandardCharsets.UTF_8),
							row.getTimestamp(4).toInstant()));
			});
		return opened;
	}

	private static List<Object> parameters(TenantId tenant, Collection<UUID> profiles, @Nullable List<String> fields) {
		List<Object> parameters = new ArrayList<>(
				List.of(tenant.value(), new SqlArrayParameter("uuid", profiles.toArray())));
		if (fields != null) {
			parameters.add(new SqlArrayParameter("text", fields.toArray()));
		}
		return parameters;
	}

	/**
	 * Hands the fields of absorbed profiles to their survivors; nothing is re-encrypted.
	 */
	public void moveToSurvivors(TenantId tenant, List<UUID> absorbed, List<UUID> survivors) {
		this.jdbc.sql("""
				with moved as (
					delete from identity.vault_field f
					using unnest(?::uuid[], ?::uuid[]) as merge (absorbed, survivor)
					where f.tenant_id = ? and f.profile_id = merge.absorbed
					returning merge.survivor, f.field, f.key_id, f.mac, f.as_of, f.sealed
				)
				insert into identity.vault_field as kept (tenant_id, profile_id, field, key_id, mac, as_of, sealed)
				select distinct on (survivor, field) ?, survivor, field, key_id, mac, as_of, sealed
				from moved order by survivor, field, as_of desc, mac desc
				on conflict (tenant_id, profile_id, field) do update
				set key_id = excluded.key_id, mac = excluded.mac, as_of = excluded.as_of, sealed = excluded.sealed
				where (excluded.as_of, excluded.mac) > (kept.as_of, kept.mac)
				""")
			.param(new SqlArrayParameter("uuid", absorbed.toArray()))
			.param(new SqlArrayParameter("uuid", survivors.toArray()))
			.param(tenant.value())
			.param(tenant.value())
			.update();
	}

	private SortedMap<Place, Version> latest(TenantId tenant, Collection<FieldUpdate> statements) {
		SortedMap<Place, Version> latest = new TreeMap<>(Place.ORDER);
		for (FieldUpdate statement : statements) {
			UUID mac = Keyring
				.truncateToUuid(this.keyring.digest(tenant, "vault." + statement.field(), statement.value()));
			latest.merge(new Place(statement.profile(), statement.field()),
					new Version(statement.at(), mac, statement.value()),
					(one, other) -> (Version.ORDER.compare(one, other) >= 0) ? one : other);
		}
		return latest;
	}

	private Map<Place, Version> stored(TenantId tenant, Collection<Place> places) {
		Map<Place, Version> stored = new HashMap<>();
		this.jdbc
			.sql("""
					select profile_id, field, as_of, mac from identity.vault_field where tenant_id = ? and profile_id = any(?)
					""")
			.param(tenant.value())
			.param(new SqlArrayParameter("uuid", places.stream().map(Place::profile).distinct().toArray()))
			.query((row) -> {
				stored.put(new Place(row.getObject(1, UUID.class), row.getString(2)),
						new Version(row.getTimestamp(3).toInstant(), row.getObject(4, UUID.class), ""));
			});
		return stored;
	}

	/** Repeats of a known value only move its time, so that an older value cannot win. */
	private void touch(TenantId tenant, List<Said> repeated) {
		if (!repeated.isEmpty()) {
			this.jdbc.sql("""
					update identity.vault_field f set as_of = repeated.at
					from unnest(?::uuid[], ?::text[], ?::timestamptz[]) as repeated (profile_id, field, at)
					where f.tenant_id = ? and f.profile_id = repeated.profile_id and f.field = repeated.field
					and f.as_of < repeated.at
					""")
				.param(column("uuid", repeated, (said) -> said.place().profile()))
				.param(column("text", repeated, (said) -> said.place().field()))
				.param(column("timestamptz", repeated, (said) -> Timestamp.from(said.version().at())))
				.param(tenant.value())
				.update();
		}
	}

	private void seal(TenantId tenant, List<Said> changed) {
		if (changed.isEmpty()) {
			return;
		}
		Map<UUID, SecretKey> dataKeys = this.keys.findOrCreate(tenant,
				changed.stream().map((said) -> said.place().profile()).distinct().toList());
		this.jdbc.sql("""
				insert into identity.vault_field as kept (tenant_id, profile_id, field, key_id, mac, as_of, sealed)
				select ?, profile_id, field, profile_id, mac, at, sealed
				from unnest(?::uuid[], ?::text[], ?::uuid[], ?::timestamptz[], ?::bytea[])
					as said (profile_id, field, mac, at, sealed)
				on conflict (tenant_id, profile_id, field) do update
				set key_id = excluded.key_id, mac = excluded.mac, as_of = excluded.as_of, sealed = excluded.sealed
				where (excluded.as_of, excluded.mac) > (kept.as_of, kept.mac)
				""")
			.param(tenant.value())
			.param(column("uuid", changed, (said) -> said.place().profile()))
			.param(column("text", changed, (said) -> said.place().field()))
			.param(column("uuid", changed, (said) -> said.version().mac()))
			.param(column("timestamptz", changed, (said) -> Timestamp.from(said.version().at())))
			.param(column("bytea", changed, (said) -> seal(tenant, said, dataKeys.get(said.place().profile()))))
			.update();
	}

	private byte[] seal(TenantId tenant, Said said, @Nullable SecretKey key) {
		if (key == null) {
			throw new IllegalStateException("No data key for profile " + said.place().profile());
		}
		return AesGcm.seal(key, associated(tenant, said.place().profile(), said.place().field()),
				said.version().value().getBytes(StandardCharsets.UTF_8), this.random);
	}

	private static SqlArrayParameter column(String type, List<Said> rows, Function<Said, Object> value) {
		return new SqlArrayParameter(type, rows.stream().map(value).toArray());
	}

	private static byte[] associated(TenantId tenant, UUID key, String field) {
		return (tenant.value() + '|' + key + '|' + field).getBytes(StandardCharsets.UTF_8);
	}

	/** Somebody said that a field of a profile has a value at a time. */
	public record FieldUpdate(UUID profile, String field, String value, Instant at) {
	}

	/** A clear value and since when it is the latest. */
	public record DecryptedValue(String value, Instant at) {
	}

	private record Place(UUID profile, String field) {

		static final Comparator<Place> ORDER = Comparator.comparing(Place::profile, UuidOrder.UNSIGNED)
			.thenComparing(Place::field);

	}

	private record Said(Place place, Version version) {
	}

	private record Version(Instant at, UUID mac, String value) {

		// Ties in time are broken by the hash, so that every order of arrival ends the
		// same
		static final Comparator<Version> ORDER = Comparator.comparing(Version::at)
			.thenComparing(Version::mac, UuidOrder.UNSIGNED);

	}

}
