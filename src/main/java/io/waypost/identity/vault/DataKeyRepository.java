package io.waypost.identity.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.waypost.database.SqlArray;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The data keys of profiles, one each, stored encrypted (wrapped) with the tenant's key.
 */
@Component
public class DataKeyRepository {

	private final JdbcClient jdbc;

	private final Keyring keyring;

	private final RandomGenerator random;

	public DataKeyRepository(JdbcClient jdbc, Keyring keyring, RandomGenerator random) {
		this.jdbc = jdbc;
		this.keyring = keyring;
		this.random = random;
	}

	/**
	 * Returns the keys of these profiles and creates missing ones; erased profiles are
	 * absent.
	 */
	public Map<UUID, SecretKey> findOrCreate(TenantId tenant, Collection<UUID> ids) {
		Map<UUID, SecretKey> keys = find(tenant, ids);
		if (keys.size() < ids.size()) {
			TreeSet<UUID> missing = new TreeSet<>(ids);
			missing.removeAll(keys.keySet());
			keys.putAll(create(tenant, missing));
		}
		return keys;
	}

	public Map<UUID, SecretKey> find(TenantId tenant, Collection<UUID> ids) {
		Map<UUID, SecretKey> keys = HashMap.newHashMap(ids.size());
		this.jdbc.sql("select key_id, wrapped from identity.vault_key where tenant_id = ? and key_id = any(?)")
			.param(tenant.value())
			.param(SqlArray.uuids(ids))
			.query((row) -> {
				UUID id = row.getObject(1, UUID.class);
				keys.put(id, unwrap(tenant, id, row.getBytes(2)));
			});
		return keys;
	}

	SecretKey unwrap(TenantId tenant, UUID id, byte[] wrapped) {
		return new SecretKeySpec(this.keyring.open(KeyPurpose.DATA_KEYS, tenant, associated(tenant, id), wrapped),
				"AES");
	}

	/**
	 * Creates keys. The share lock on the profiles prevents a new key for a profile that
	 * is being erased.
	 */
	private Map<UUID, SecretKey> create(TenantId tenant, TreeSet<UUID> ids) {
		List<byte[]> wrapped = new ArrayList<>(ids.size());
		for (UUID id : ids) {
			byte[] key = new byte[32];
			this.random.nextBytes(key);
			wrapped.add(this.keyring.seal(KeyPurpose.DATA_KEYS, tenant, associated(tenant, id), key, this.random));
		}
		this.jdbc.sql("""
				with existing as (
					select id from identity.profile where tenant_id = ? and id = any(?) order by id for key share
				)
				insert into identity.vault_key (tenant_id, key_id, wrapped)
				select ?, key_id, wrapped from unnest(?::uuid[], ?::bytea[]) as created (key_id, wrapped)
				join existing on existing.id = created.key_id
				on conflict do nothing
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(ids))
			.param(tenant.value())
			.param(SqlArray.uuids(ids))
			.param(SqlArray.bytes(wrapped, (key) -> key))
			.update();
		// Read back, because another transaction may have created them first
		return find(tenant, ids);
	}

	/**
	 * Wraps all data keys with the newest root key. Keys that are deleted meanwhile stay
	 * deleted.
	 * @return the number of keys that were wrapped again
	 */
	int rewrapAll() {
		int count = 0;
		List<WrappedKey> page = page(new WrappedKey(new UUID(0, 0), "", new byte[0]));
		while (!page.isEmpty()) {
			count += rewrap(page);
			page = page(page.getLast());
		}
		return count;
	}

	private List<WrappedKey> page(WrappedKey last) {
		return this.jdbc.sql("""
				select key_id, tenant_id, wrapped from identity.vault_key
				where (key_id, tenant_id) > (?, ?) order by key_id, tenant_id limit 1000
				""")
			.params(last.id(), last.tenant())
			.query((row, number) -> new WrappedKey(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)))
			.list();
	}

	private int rewrap(List<WrappedKey> page) {
		List<WrappedKey> changed = new ArrayList<>(page.size());
		for (WrappedKey key : page) {
			TenantId tenant = new TenantId(key.tenant());
			byte[] again = this.keyring.reseal(KeyPurpose.DATA_KEYS, tenant, associated(tenant, key.id()),
					key.wrapped(), this.random);
			if (again != null) {
				changed.add(new WrappedKey(key.id(), key.tenant(), again));
			}
		}
		return this.jdbc.sql("""
				update identity.vault_key k set wrapped = n.wrapped
				from unnest(?::uuid[], ?::text[], ?::bytea[]) as n (key_id, tenant_id, wrapped)
				where k.key_id = n.key_id and k.tenant_id = n.tenant_id
				""")
			.param(SqlArray.uuids(changed.stream().map(WrappedKey::id).toList()))
			.param(SqlArray.texts(changed, WrappedKey::tenant))
			.param(SqlArray.bytes(changed, WrappedKey::wrapped))
			.update();
	}

	private static byte[] associated(TenantId tenant, UUID id) {
		return (tenant.value() + '|' + id + "|key").getBytes(StandardCharsets.UTF_8);
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record WrappedKey(UUID id, String tenant, byte[] wrapped) {
	}

}
