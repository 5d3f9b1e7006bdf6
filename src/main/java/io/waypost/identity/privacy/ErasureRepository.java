package io.waypost.identity.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.identity.Identifier;
import io.waypost.identity.resolution.IdentifierRepository;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes a person out of the identity graph. The number of statements does not depend on
 * how much is known.
 */
@Component
class ErasureRepository {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final JdbcClient jdbc;

	ErasureRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** A person's surrogates, survivor first. */
	List<UUID> profileIds(TenantId tenant, UUID survivor) {
		return this.jdbc.sql("""
				select id from identity.profile
				where tenant_id = ? and (id = ? or merged_into = ?) order by merged_into nulls first, id
				""").params(tenant.value(), survivor, survivor).query(UUID.class).list();
	}

	/**
	 * Removes the identifiers of a profile with every edge that touches them. What two
	 * people claimed stays with the other one's claim, and with nobody's when none is
	 * left.
	 * @return the keyed hashes of the user ids, and how many identifiers went
	 */
	DeletedIdentifiers deleteIdentifiers(TenantId tenant, UUID profile) {
		Set<UUID> users = new LinkedHashSet<>();
		List<UUID> hashes = new ArrayList<>();
		this.jdbc.sql("delete from identity.identifier where tenant_id = ? and profile_id = ? returning hash, type")
			.params(tenant.value(), profile)
			.query((row) -> {
				hashes.add(row.getObject(1, UUID.class));
				if (Identifier.Type.valueOf(row.getString(2)) == Identifier.Type.USER_ID) {
					users.add(row.getObject(1, UUID.class));
				}
			});
		Set<UUID> shared = new LinkedHashSet<>(deleteEdges("claim", "by_hash", tenant, hashes));
		deleteEdges("claim", "hash", tenant, hashes);
		deleteEdges("alias", "hash", tenant, hashes);
		deleteEdges("alias", "previous_hash", tenant, hashes);
		this.jdbc.sql("""
				delete from identity.identifier i
				where tenant_id = ? and hash = any(?) and profile_id is null
				and not exists (select from identity.claim c where c.tenant_id = i.tenant_id and c.hash = i.hash)
				""").params(tenant.value()).param(IdentifierRepository.uuids(shared)).update();
		return new DeletedIdentifiers(users, hashes.size());
	}

	/** Removes the vault's fields and keys, so that nothing sealed opens any more. */
	int deleteVaultData(TenantId tenant, List<UUID> profiles) {
		delete("identity.attribute", "profile_id", tenant, profiles);
		delete("identity.vault_key", "key_id", tenant, profiles);
		return delete("identity.vault_field", "profile_id", tenant, profiles);
	}

	void deleteProfiles(TenantId tenant, List<UUID> profiles) {
		delete("identity.merge", "absorbed", tenant, profiles);
		delete("identity.profile", "id", tenant, profiles);
	}

	/** Somebody who was erased, came back and is erased again has the later receipt. */
	void saveReceipt(TenantId tenant, Collection<UUID> users, ErasureReceipt receipt) {
		this.jdbc.sql("""
				insert into identity.erasure as kept (tenant_id, user_hash, profile_id, erased_at, counts)
				select ?, user_hash, ?, ?, ?::jsonb from unnest(?::uuid[]) as user_hash
				on conflict (tenant_id, user_hash) do update
				set profile_id = excluded.profile_id, erased_at = excluded.erased_at, counts = excluded.counts
				""")
			.param(tenant.value())
			.param(receipt.profileId().value())
			.param(Timestamp.from(receipt.erasedAt()))
			.param(write(receipt.counts()))
			.param(IdentifierRepository.uuids(users))
			.update();
	}

	Optional<ErasureReceipt> findReceipt(TenantId tenant, UUID user) {
		return this.jdbc
			.sql("select profile_id, erased_at, counts from identity.erasure where tenant_id = ? and user_hash = ?")
			.params(tenant.value(), user)
			.query((row, number) -> receipt(row))
			.optional();
	}

	/** The other ends of the edges that went. */
	private List<UUID> deleteEdges(String table, String end, TenantId tenant, List<UUID> hashes) {
		return this.jdbc
			.sql("delete from identity.%s where tenant_id = ? and %s = any(?) returning hash".formatted(table, end))
			.param(tenant.value())
			.param(IdentifierRepository.uuids(hashes))
			.query(UUID.class)
			.list();
	}

	private int delete(String table, String column, TenantId tenant, List<UUID> ids) {
		return this.jdbc.sql("delete from %s where tenant_id = ? and %s = any(?)".formatted(table, column))
			.param(tenant.value())
			.param(IdentifierRepository.uuids(ids))
			.update();
	}

	private static ErasureReceipt receipt(ResultSet row) throws SQLException {
		return new ErasureReceipt(new ProfileId(row.getObject(1, UUID.class)), row.getTimestamp(2).toInstant(),
				read(row.getString(3)));
	}

	private static String write(Map<String, Integer> counts) {
		try {
			return JSON.writeValueAsString(counts);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Integer> read(String counts) {
		try {
			return JSON.readValue(counts, new TypeReference<>() {
			});
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("An erasure holds no JSON", ex);
		}
	}

	/** What the graph let go of. */
	record DeletedIdentifiers(Set<UUID> userIdHashes, int identifiers) {
	}

}
