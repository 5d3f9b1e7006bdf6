package io.waypost.identity.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.type.TypeReference;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes a person from the tables of identity and stores the receipts. The number of
 * statements does not depend on the amount of data.
 */
@Component
class ErasureRepository {

	private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumn json;

	ErasureRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** Returns the ids of a person's profiles, survivor first. */
	List<UUID> profileIds(TenantId tenant, UUID survivor) {
		return this.jdbc.sql("""
				select id from identity.profile
				where tenant_id = ? and (id = ? or merged_into = ?) order by merged_into nulls first, id
				""").params(tenant.value(), survivor, survivor).query(UUID.class).list();
	}

	/**
	 * Deletes the identifiers of a profile with every claim and alias that refers to
	 * them. An identifier that two people claimed keeps the other claim; without another
	 * claim it is deleted too.
	 * @return the keyed hashes of the deleted identifiers
	 */
	Set<UUID> deleteIdentifiers(TenantId tenant, UUID profile) {
		Set<UUID> hashes = new LinkedHashSet<>(
				this.jdbc.sql("delete from identity.identifier where tenant_id = ? and profile_id = ? returning hash")
					.params(tenant.value(), profile)
					.query(UUID.class)
					.list());
		Set<UUID> shared = new LinkedHashSet<>(deleteClaims("claimant_hash", tenant, hashes));
		deleteClaims("claimed_hash", tenant, hashes);
		delete("identity.user_alias", "user_hash", tenant, hashes);
		delete("identity.user_alias", "previous_user_hash", tenant, hashes);
		hashes.addAll(this.jdbc.sql("""
				delete from identity.identifier i
				where tenant_id = ? and hash = any(?) and profile_id is null
				and not exists (
					select from identity.identifier_claim c
					where c.tenant_id = i.tenant_id and c.claimed_hash = i.hash)
				returning hash
				""").params(tenant.value()).param(SqlArray.uuids(shared)).query(UUID.class).list());
		return hashes;
	}

	/**
	 * Deletes attributes, vault fields and data keys; encrypted data can no longer be
	 * read. Returns the number of vault fields.
	 */
	int deleteVaultData(TenantId tenant, List<UUID> profiles) {
		delete("identity.attribute", "profile_id", tenant, profiles);
		delete("identity.vault_key", "key_id", tenant, profiles);
		return delete("identity.vault_field", "profile_id", tenant, profiles);
	}

	void deleteProfiles(TenantId tenant, List<UUID> profiles) {
		delete("identity.merge", "absorbed", tenant, profiles);
		delete("identity.profile", "id", tenant, profiles);
	}

	/**
	 * Saves a receipt. A person who comes back and is erased again gets the later
	 * receipt.
	 */
	void saveReceipt(TenantId tenant, Collection<UUID> identifiers, ErasureReceipt receipt) {
		this.jdbc.sql("""
				insert into identity.erasure as kept (tenant_id, identifier_hash, profile_id, erased_at, counts)
				select ?, identifier_hash, ?, ?, ?::jsonb from unnest(?::uuid[]) as identifier_hash
				on conflict (tenant_id, identifier_hash) do update
				set profile_id = excluded.profile_id, erased_at = excluded.erased_at, counts = excluded.counts
				""")
			.param(tenant.value())
			.param(receipt.profileId().value())
			.param(SqlTime.of(receipt.erasedAt()))
			.param(this.json.write(receipt.counts()))
			.param(SqlArray.uuids(identifiers))
			.update();
	}

	Optional<ErasureReceipt> findReceipt(TenantId tenant, UUID identifier) {
		return this.jdbc.sql("""
				select profile_id, erased_at, counts from identity.erasure where tenant_id = ? and identifier_hash = ?
				""").params(tenant.value(), identifier).query((row, number) -> receipt(row)).optional();
	}

	/** Deletes claims by one of their ends and returns the claimed identifiers. */
	private List<UUID> deleteClaims(String end, TenantId tenant, Collection<UUID> hashes) {
		return this.jdbc
			.sql("delete from identity.identifier_claim where tenant_id = ? and %s = any(?) returning claimed_hash"
				.formatted(end))
			.param(tenant.value())
			.param(SqlArray.uuids(hashes))
			.query(UUID.class)
			.list();
	}

	private int delete(String table, String column, TenantId tenant, Collection<UUID> ids) {
		return this.jdbc.sql("delete from %s where tenant_id = ? and %s = any(?)".formatted(table, column))
			.param(tenant.value())
			.param(SqlArray.uuids(ids))
			.update();
	}

	private ErasureReceipt receipt(ResultSet row) throws SQLException {
		return new ErasureReceipt(new ProfileId(row.getObject(1, UUID.class)), SqlTime.read(row, 2),
				this.json.read(row.getString(3), COUNTS));
	}

}
