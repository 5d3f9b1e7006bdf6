package io.waypost.access.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Source;
import io.waypost.access.secret.SecretGenerator;
import io.waypost.access.tenant.Tenants;
import io.waypost.database.SqlTime;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates, lists and deletes sources, and replaces their write keys. Every change is
 * recorded in the ledger.
 */
@Component
public class Sources {

	private final JdbcClient jdbc;

	private final Tenants tenants;

	private final SecretGenerator secrets;

	private final IdGenerator ids;

	private final Ledger ledger;

	private final Clock clock;

	public Sources(JdbcClient jdbc, Tenants tenants, SecretGenerator secrets, IdGenerator ids, Ledger ledger,
			Clock clock) {
		this.jdbc = jdbc;
		this.tenants = tenants;
		this.secrets = secrets;
		this.ids = ids;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * A write key without its secret.
	 *
	 * @param id identifies the key
	 * @param createdAt when it was created
	 * @param expiresAt when it stops working; null for never
	 */
	public record WriteKey(UUID id, Instant createdAt, @Nullable Instant expiresAt) {

	}

	/**
	 * A source and its write keys.
	 *
	 * @param name unique within the tenant
	 * @param createdAt when it was created
	 * @param keys oldest first
	 */
	public record SourceKeys(String name, Instant createdAt, List<WriteKey> keys) {

	}

	/**
	 * A new write key.
	 *
	 * @param id identifies the key
	 * @param secret the key, which cannot be read again
	 */
	public record NewWriteKey(UUID id, String secret) {

	}

	/**
	 * Lists the sources of a tenant by name.
	 * @param tenant the tenant
	 * @param after name of the last one on the page before, empty for the first page
	 * @param limit most rows
	 * @return at most so many
	 */
	public List<SourceKeys> list(TenantId tenant, String after, int limit) {
		Map<String, SourceKeys> sources = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT s.name, s.created_at AS source_created_at, k.key_id, k.created_at, k.expires_at
				FROM (SELECT * FROM access.source WHERE tenant_id = ? AND name > ? ORDER BY name LIMIT ?) s
				LEFT JOIN access.write_key k ON k.tenant_id = s.tenant_id AND k.source_name = s.name
				ORDER BY s.name, k.created_at, k.key_id
				""").params(tenant.value(), after, limit).query((row) -> {
			addKey(sources, row);
		});
		return List.copyOf(sources.values());
	}

	/**
	 * Creates a source with its first write key.
	 * @param source tenant and name
	 * @param actor who creates it, as the ledger shows it
	 * @return the key
	 * @throws InvalidRequestException a 400 for an invalid name, a 404 for an unknown
	 * tenant, a 409 when the name is taken
	 */
	@Transactional
	public NewWriteKey create(Source source, String actor) {
		AccountNames.require(source.name());
		this.tenants.requireExisting(source.tenant());
		int created = this.jdbc.sql("""
				INSERT INTO access.source (tenant_id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
				""").params(source.tenant().value(), source.name(), SqlTime.of(this.clock.instant())).update();
		if (created == 0) {
			throw InvalidRequestException
				.conflict("There is a source '%s' already; choose another name".formatted(source.name()));
		}
		record(source, "source.created", actor, Map.of());
		return newKey(source);
	}

	/**
	 * Adds a write key to a source. The existing keys expire after a grace period, within
	 * which programs are changed to the new key.
	 * @param source tenant and name
	 * @param grace how long the existing keys still work; an earlier expiry stays
	 * @param actor who replaces it
	 * @return the new key
	 * @throws InvalidRequestException a 404 for an unknown source
	 */
	@Transactional
	public NewWriteKey replaceKey(Source source, Duration grace, String actor) {
		requireExisting(source);
		this.jdbc.sql("""
				UPDATE access.write_key SET expires_at = least(expires_at, :until)
				WHERE tenant_id = :tenant AND source_name = :name
				""")
			.param("until", SqlTime.of(this.clock.instant().plus(grace)))
			.param("tenant", source.tenant().value())
			.param("name", source.name())
			.update();
		NewWriteKey key = newKey(source);
		record(source, "source.key_replaced", actor,
				Map.of("keyId", key.id().toString(), "graceSeconds", grace.toSeconds()));
		return key;
	}

	/**
	 * Deletes a write key. It stops working within five seconds.
	 * @param source tenant and name
	 * @param id the key
	 * @param actor who deletes it
	 * @throws InvalidRequestException a 404 for an unknown source or key
	 */
	@Transactional
	public void deleteKey(Source source, UUID id, String actor) {
		int deleted = this.jdbc
			.sql("DELETE FROM access.write_key WHERE tenant_id = ? AND source_name = ? AND key_id = ?")
			.params(source.tenant().value(), source.name(), id)
			.update();
		if (deleted == 0) {
			throw InvalidRequestException.notFound(
					"Source '%s' has no key '%s'; GET /api/v1/sources lists the keys".formatted(source.name(), id));
		}
		record(source, "source.key_deleted", actor, Map.of("keyId", id.toString()));
	}

	/**
	 * Deletes a source and its write keys. Events that it sent stay.
	 * @param source tenant and name
	 * @param actor who deletes it
	 * @throws InvalidRequestException a 404 for an unknown source
	 */
	@Transactional
	public void delete(Source source, String actor) {
		requireExisting(source);
		this.jdbc.sql("DELETE FROM access.source WHERE tenant_id = ? AND name = ?")
			.params(source.tenant().value(), source.name())
			.update();
		record(source, "source.deleted", actor, Map.of());
	}

	private NewWriteKey newKey(Source source) {
		NewWriteKey key = new NewWriteKey(this.ids.next(), this.secrets.next(SecretGenerator.SecretKind.WRITE_KEY));
		this.jdbc.sql("""
				INSERT INTO access.write_key (tenant_id, source_name, key_id, hash, created_at) VALUES (?, ?, ?, ?, ?)
				""")
			.params(source.tenant().value(), source.name(), key.id(), Fingerprint.ofText(key.secret()).bytes(),
					SqlTime.of(this.clock.instant()))
			.update();
		return key;
	}

	private void requireExisting(Source source) {
		boolean exists = this.jdbc.sql("SELECT 1 FROM access.source WHERE tenant_id = ? AND name = ? FOR UPDATE")
			.params(source.tenant().value(), source.name())
			.query(Integer.class)
			.optional()
			.isPresent();
		if (!exists) {
			throw InvalidRequestException
				.notFound("There is no source '%s'; GET /api/v1/sources lists the sources".formatted(source.name()));
		}
	}

	private void record(Source source, String kind, String actor, Map<String, Object> facts) {
		this.ledger.record(List
			.of(new LedgerEntry(source.tenant(), this.clock.instant(), kind, "source:" + source.name(), actor, facts)));
	}

	private static void addKey(Map<String, SourceKeys> sources, ResultSet row) throws SQLException {
		String name = row.getString("name");
		SourceKeys source = sources.get(name);
		List<WriteKey> keys = (source != null) ? new ArrayList<>(source.keys()) : new ArrayList<>();
		UUID id = row.getObject("key_id", UUID.class);
		if (id != null) {
			keys.add(new WriteKey(id, SqlTime.read(row, "created_at"), SqlTime.readNullable(row, "expires_at")));
		}
		sources.put(name, new SourceKeys(name, SqlTime.read(row, "source_created_at"), List.copyOf(keys)));
	}

}
