package io.waypost.identity.vault;

import java.nio.charset.StandardCharsets;
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
import java.util.random.RandomGenerator;

import javax.crypto.SecretKey;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.identity.UuidOrder;
import io.waypost.identity.masterkey.AesGcm;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Encrypted storage of direct identifiers by field: the latest value of each field wins.
 */
@Component
public class VaultFieldRepository {

	/**
	 * Prefix of fields that hold user ids: one field for each, because merged profiles
	 * have several.
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
	 * Writes new values. Encrypts only values that differ from the stored ones, detected
	 * by their keyed hashes.
	 */
	public void write(TenantId tenant, Collection<FieldUpdate> statements) {
		SortedMap<FieldKey, Version> latest = latest(tenant, statements);
		if (latest.isEmpty()) {
			return;
		}
		Map<FieldKey, Version> stored = stored(tenant, latest.keySet());
		List<NewValue> repeated = new ArrayList<>();
		List<NewValue> changed = new ArrayList<>();
		latest.forEach((key, version) -> {
			Version old = stored.get(key);
			if (old == null || Version.ORDER.compare(version, old) > 0) {
				boolean same = old != null && old.mac().equals(version.mac());
				(same ? repeated : changed).add(new NewValue(key, version));
			}
		});
		updateTimes(tenant, repeated);
		seal(tenant, changed);
	}

	/** Decrypts all fields of these profiles; those of erased profiles are absent. */
	public Map<UUID, Map<String, DecryptedValue>> open(TenantId tenant, Collection<UUID> profiles) {
		return open(tenant, profiles, null);
	}

	/** Decrypts some fields of these profiles; null means all fields. */
	public Map<UUID, Map<String, DecryptedValue>> open(TenantId tenant, Collection<UUID> profiles,
			@Nullable List<String> fields) {
		Map<UUID, Map<String, DecryptedValue>> opened = new HashMap<>();
		Map<UUID, SecretKey> dataKeys = new HashMap<>();
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
				SecretKey key = dataKeys.computeIfAbsent(keyId, (id) -> this.keys.unwrap(tenant, id, wrapped));
				String field = row.getString(2);
				byte[] clear = AesGcm.open(key, associated(tenant, keyId, field), row.getBytes(5));
				opened.computeIfAbsent(row.getObject(1, UUID.class), (id) -> new TreeMap<>())
					.put(field, new DecryptedValue(new String(clear, StandardCharsets.UTF_8), SqlTime.read(row, 4)));
			});
		return opened;
	}

	private static List<Object> parameters(TenantId tenant, Collection<UUID> profiles, @Nullable List<String> fields) {
		List<Object> parameters = new ArrayList<>(List.of(tenant.value(), SqlArray.uuids(profiles)));
		if (fields != null) {
			parameters.add(SqlArray.texts(fields));
		}
		return parameters;
	}

	/**
	 * Moves the fields of absorbed profiles to their survivors without re-encryption.
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
			.param(SqlArray.uuids(absorbed))
			.param(SqlArray.uuids(survivors))
			.param(tenant.value())
			.param(tenant.value())
			.update();
	}

	private SortedMap<FieldKey, Version> latest(TenantId tenant, Collection<FieldUpdate> statements) {
		SortedMap<FieldKey, Version> latest = new TreeMap<>(FieldKey.ORDER);
		for (FieldUpdate statement : statements) {
			UUID mac = Keyring
				.truncateToUuid(this.keyring.digest(tenant, "vault." + statement.field(), statement.value()));
			latest.merge(new FieldKey(statement.profile(), statement.field()),
					new Version(statement.at(), mac, statement.value()),
					(one, other) -> (Version.ORDER.compare(one, other) >= 0) ? one : other);
		}
		return latest;
	}

	private Map<FieldKey, Version> stored(TenantId tenant, Collection<FieldKey> keys) {
		Map<FieldKey, Version> stored = new HashMap<>();
		this.jdbc
			.sql("""
					select profile_id, field, as_of, mac from identity.vault_field where tenant_id = ? and profile_id = any(?)
					""")
			.param(tenant.value())
			.param(SqlArray.uuids(keys.stream().map(FieldKey::profile).distinct().toList()))
			.query((row) -> {
				stored.put(new FieldKey(row.getObject(1, UUID.class), row.getString(2)),
						new Version(SqlTime.read(row, 3), row.getObject(4, UUID.class), ""));
			});
		return stored;
	}

	/**
	 * Updates only the time of repeated values, so that an older value cannot win later.
	 */
	private void updateTimes(TenantId tenant, List<NewValue> repeated) {
		if (!repeated.isEmpty()) {
			this.jdbc.sql("""
					update identity.vault_field f set as_of = repeated.at
					from unnest(?::uuid[], ?::text[], ?::timestamptz[]) as repeated (profile_id, field, at)
					where f.tenant_id = ? and f.profile_id = repeated.profile_id and f.field = repeated.field
					and f.as_of < repeated.at
					""")
				.param(SqlArray.uuids(repeated, (value) -> value.key().profile()))
				.param(SqlArray.texts(repeated, (value) -> value.key().field()))
				.param(SqlArray.times(repeated, (value) -> value.version().at()))
				.param(tenant.value())
				.update();
		}
	}

	private void seal(TenantId tenant, List<NewValue> changed) {
		if (changed.isEmpty()) {
			return;
		}
		Map<UUID, SecretKey> dataKeys = this.keys.findOrCreate(tenant,
				changed.stream().map((value) -> value.key().profile()).distinct().toList());
		this.jdbc.sql("""
				insert into identity.vault_field as kept (tenant_id, profile_id, field, key_id, mac, as_of, sealed)
				select ?, profile_id, field, profile_id, mac, at, sealed
				from unnest(?::uuid[], ?::text[], ?::uuid[], ?::timestamptz[], ?::bytea[])
					as changed (profile_id, field, mac, at, sealed)
				on conflict (tenant_id, profile_id, field) do update
				set key_id = excluded.key_id, mac = excluded.mac, as_of = excluded.as_of, sealed = excluded.sealed
				where (excluded.as_of, excluded.mac) > (kept.as_of, kept.mac)
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(changed, (value) -> value.key().profile()))
			.param(SqlArray.texts(changed, (value) -> value.key().field()))
			.param(SqlArray.uuids(changed, (value) -> value.version().mac()))
			.param(SqlArray.times(changed, (value) -> value.version().at()))
			.param(SqlArray.bytes(changed, (value) -> seal(tenant, value, dataKeys.get(value.key().profile()))))
			.update();
	}

	private byte[] seal(TenantId tenant, NewValue value, @Nullable SecretKey key) {
		if (key == null) {
			throw new IllegalStateException("No data key for profile " + value.key().profile());
		}
		return AesGcm.seal(key, associated(tenant, value.key().profile(), value.key().field()),
				value.version().value().getBytes(StandardCharsets.UTF_8), this.random);
	}

	private static byte[] associated(TenantId tenant, UUID key, String field) {
		return (tenant.value() + '|' + key + '|' + field).getBytes(StandardCharsets.UTF_8);
	}

	/** A value of a profile's field, stated at a time. */
	public record FieldUpdate(UUID profile, String field, String value, Instant at) {
	}

	/** A decrypted value and the time since when it is the latest. */
	public record DecryptedValue(String value, Instant at) {
	}

	private record FieldKey(UUID profile, String field) {

		static final Comparator<FieldKey> ORDER = Comparator.comparing(FieldKey::profile, UuidOrder.UNSIGNED)
			.thenComparing(FieldKey::field);

	}

	private record NewValue(FieldKey key, Version version) {
	}

	private record Version(Instant at, UUID mac, String value) {

		// Ties in time are broken by the hash, so that the result does not depend on the
		// order of arrival
		static final Comparator<Version> ORDER = Comparator.comparing(Version::at)
			.thenComparing(Version::mac, UuidOrder.UNSIGNED);

	}

}
