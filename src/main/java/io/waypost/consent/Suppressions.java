package io.waypost.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.waypost.identity.AddressHash;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Addresses that get no messages, whatever their owner once agreed to. */
@Component
public class Suppressions {

	/** Enough of a keyed hash to tell two apart, too little to be looked up by. */
	static final int SHORT_HASH_DIGITS = 12;

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	Suppressions(JdbcClient jdbc, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Blocks an address at once; a repeat changes nothing, except that any other reason
	 * takes the place of an erasure.
	 * @param tenant whose list
	 * @param address keyed hash of the address
	 * @param reason why
	 * @param actor who or what, as the ledger shows it
	 */
	@Transactional
	public void suppress(TenantId tenant, AddressHash address, SuppressionReason reason, String actor) {
		suppress(tenant, List.of(address), reason, actor);
	}

	/**
	 * Blocks addresses at once; those that are blocked already stay as they are, except
	 * that any other reason takes the place of an erasure, which can be lifted.
	 * @param tenant whose list
	 * @param addresses keyed hashes of the addresses, any number
	 * @param reason why
	 * @param actor who or what, as the ledger shows it
	 * @return how many were not blocked for this reason before
	 */
	@Transactional
	public int suppress(TenantId tenant, Collection<AddressHash> addresses, SuppressionReason reason, String actor) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		// Whoever is about to send to one of them commits first, or sees the block
		this.jdbc.sql("select pg_advisory_xact_lock(lock) from unnest(:locks::bigint[]) lock")
			.param("locks", AddressLockKeys.of(tenant, addresses))
			.query((row) -> {
			});
		List<AddressHash> added = this.jdbc.sql("""
				insert into consent.suppression as block (tenant_id, address_hash, reason, actor, suppressed_at)
				select distinct :tenant, address_hash, :reason, :actor, :now::timestamptz
				  from unnest(:addresses::text[]) address_hash order by address_hash
				    on conflict (tenant_id, address_hash) do update
				   set reason = excluded.reason, actor = excluded.actor, suppressed_at = excluded.suppressed_at
				 where block.reason = 'ERASED' and excluded.reason <> 'ERASED'
				returning address_hash
				""")
			.param("tenant", tenant.value())
			.param("addresses", hexes(addresses))
			.param("reason", reason.name())
			.param("actor", actor)
			.param("now", Timestamp.from(now))
			.query(String.class)
			.list()
			.stream()
			.map(AddressHash::new)
			.toList();
		this.ledger.record(added.stream()
			.map((address) -> new LedgerEntry(tenant, now, "suppression.added", "address:" + shortHash(address), actor,
					Map.of("reason", reason.name().toLowerCase(Locale.ROOT))))
			.toList());
		return added.size();
	}

	/**
	 * Whether there is anything that {@link #lift} could lift. Spares it for nearly every
	 * batch, from an index that has erased addresses only.
	 */
	boolean hasErased(TenantId tenant) {
		return this.jdbc
			.sql("select exists (select from consent.suppression where tenant_id = ? and reason = 'ERASED')")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Lifts the block of addresses whose owner was erased and has agreed anew since. No
	 * other block is lifted by an answer.
	 * @param agreements when the owner of each address agreed
	 */
	void removeErased(TenantId tenant, Map<AddressHash, Instant> agreements, String actor) {
		List<AddressHash> addresses = List.copyOf(agreements.keySet());
		List<String> lifted = this.jdbc.sql("""
				with back as (
				    select block.tenant_id, block.address_hash
				      from unnest(:addresses::text[], :agreed::timestamptz[]) agreement (address_hash, agreed_at)
				      join consent.suppression block
				        on block.tenant_id = :tenant and block.address_hash = agreement.address_hash
				     where block.reason = 'ERASED' and block.suppressed_at < agreement.agreed_at
				     order by block.address_hash
				       for update of block)
				delete from consent.suppression block using back
				 where block.tenant_id = back.tenant_id and block.address_hash = back.address_hash
				returning block.address_hash
				""")
			.param("tenant", tenant.value())
			.param("addresses", hexes(addresses))
			.param("agreed",
					addresses.stream()
						.map((address) -> Timestamp.from(agreements.get(address)))
						.toArray(Timestamp[]::new))
			.query(String.class)
			.list();
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		this.ledger.record(lifted.stream()
			.map((hex) -> new LedgerEntry(tenant, now, "suppression.lifted",
					"address:" + shortHash(new AddressHash(hex)), actor, Map.of("reason", "erased")))
			.toList());
	}

	/**
	 * Finds which addresses are blocked, with one statement.
	 * @param tenant whose list
	 * @param addresses any number
	 * @return the reasons of those that are
	 */
	public Map<AddressHash, SuppressionReason> reasons(TenantId tenant, Collection<AddressHash> addresses) {
		Map<AddressHash, SuppressionReason> reasons = new HashMap<>();
		if (addresses.isEmpty()) {
			return reasons;
		}
		this.jdbc.sql("""
				select address_hash, reason
				  from consent.suppression
				 where tenant_id = :tenant and address_hash = any (:addresses)
				""").param("tenant", tenant.value()).param("addresses", hexes(addresses)).query((found) -> {
			reasons.put(new AddressHash(found.getString(1)), SuppressionReason.valueOf(found.getString(2)));
		});
		return reasons;
	}

	/**
	 * Finds the block of one address.
	 * @param tenant whose list
	 * @param address keyed hash of the address
	 * @return the block, empty when messages may go there
	 */
	public Optional<Suppression> find(TenantId tenant, AddressHash address) {
		return this.jdbc.sql("""
				select address_hash, reason, actor, suppressed_at
				  from consent.suppression
				 where tenant_id = :tenant and address_hash = :address
				""")
			.param("tenant", tenant.value())
			.param("address", address.hex())
			.query((found, number) -> suppression(found))
			.optional();
	}

	/**
	 * The list, newest first.
	 * @param tenant whose list
	 * @param limit 1 to 500
	 * @param cursor from the page before, or null
	 * @return one page
	 * @throws IllegalArgumentException when the cursor is not one of this list
	 */
	public Page<Suppression> list(TenantId tenant, int limit, @Nullable String cursor) {
		Position after = (cursor != null) ? Position.parse(cursor) : Position.START;
		List<Suppression> found = this.jdbc
			.sql("""
					select address_hash, reason, actor, suppressed_at
					  from consent.suppression
					 where tenant_id = :tenant and (suppressed_at < :at or (suppressed_at = :at and address_hash > :address))
					 order by suppressed_at desc, address_hash
					 limit :limit
					""")
			.param("tenant", tenant.value())
			.param("at", Timestamp.from(after.at()))
			.param("address", after.address())
			.param("limit", limit + 1)
			.query((row, number) -> suppression(row))
			.list();
		boolean more = found.size() > limit;
		List<Suppression> page = more ? found.subList(0, limit) : found;
		return new Page<>(page, more ? Position.after(page.getLast()).toString() : null);
	}

	private static String[] hexes(Collection<AddressHash> addresses) {
		return addresses.stream().map(AddressHash::hex).toArray(String[]::new);
	}

	/** What of an address may be shown and recorded. */
	static String shortHash(AddressHash address) {
		return address.hex().substring(0, SHORT_HASH_DIGITS);
	}

	private static Suppression suppression(ResultSet found) throws SQLException {
		return new Suppression(new AddressHash(found.getString(1)), SuppressionReason.valueOf(found.getString(2)),
				found.getString(3), found.getTimestamp(4).toInstant());
	}

	/** A place in the list. */
	private record Position(Instant at, String address) {

		private static final Position START = new Position(Instant.parse("9999-01-01T00:00:00Z"), "");

		static Position after(Suppression last) {
			return new Position(last.at(), last.address().hex());
		}

		static Position parse(String cursor) {
			String[] parts = cursor.split("_", 2);
			try {
				return new Position(Instant.parse(parts[0]), parts[1]);
			}
			catch (RuntimeException notACursor) {
				throw new IllegalArgumentException("Not a cursor of this list: " + cursor, notACursor);
			}
		}

		@Override
		public String toString() {
			return this.at + "_" + this.address;
		}

	}

}
