package io.waypost.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.identity.AddressHash;
import io.waypost.identity.ProfileErased;
import io.waypost.identity.Profiles;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Addresses that get no messages, whatever the consents of their owners. */
@Component
public class Suppressions {

	/** Enough of a keyed hash to distinguish two addresses, too little to look one up. */
	static final int SHORT_HASH_DIGITS = 12;

	private static final String ERASURE_ACTOR = "system:erasure";

	private static final Cursor FIRST_PAGE = Cursor.of(Instant.parse("9999-01-01T00:00:00Z"), "");

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final Profiles profiles;

	private final Ledger ledger;

	private final Clock clock;

	Suppressions(JdbcClient jdbc, AdvisoryLocks locks, Profiles profiles, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.locks = locks;
		this.profiles = profiles;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Suppresses an address at once. A repetition changes nothing, except that any other
	 * reason replaces an erasure.
	 * @param tenant the tenant
	 * @param address keyed hash of the address
	 * @param reason the reason
	 * @param actor user or system, as the ledger shows it
	 */
	@Transactional
	public void suppress(TenantId tenant, AddressHash address, SuppressionReason reason, String actor) {
		suppress(tenant, List.of(address), reason, actor);
	}

	/**
	 * Suppresses addresses at once. Addresses that are already suppressed do not change,
	 * except that any other reason replaces an erasure, which could be lifted.
	 * @param tenant the tenant
	 * @param addresses keyed hashes of the addresses, any number
	 * @param reason the reason
	 * @param actor user or system, as the ledger shows it
	 * @return number of addresses that were added or changed
	 */
	@Transactional
	public int suppress(TenantId tenant, Collection<AddressHash> addresses, SuppressionReason reason, String actor) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		// A transaction that is about to send to one of them commits first, or sees the
		// suppression
		this.locks.lockAll(AdvisoryLock.ADDRESS, List.of(lockKeys(tenant, addresses)));
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
			.param("now", SqlTime.of(now))
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
	 * Suppresses the addresses of an erased person, except those that another profile has
	 * too. They are counted on the receipt.
	 * @param erased the erased person
	 * @param addresses keyed hashes of the person's addresses
	 */
	public void suppressErased(ProfileErased erased, Set<AddressHash> addresses) {
		Set<AddressHash> unused = new HashSet<>(addresses);
		unused.removeAll(this.profiles.addressesInUse(erased.tenant(), addresses));
		erased.count("addressesBlocked", suppress(erased.tenant(), unused, SuppressionReason.ERASED, ERASURE_ACTOR));
	}

	/**
	 * Returns whether {@link #removeErased} could remove anything. Read from an index of
	 * erased addresses only; the answer is no for nearly every batch.
	 */
	boolean hasErased(TenantId tenant) {
		return this.jdbc
			.sql("select exists (select from consent.suppression where tenant_id = ? and reason = 'ERASED')")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Lifts the suppression of addresses whose owner was erased and has opted in
	 * explicitly since. An answer never lifts any other suppression.
	 * @param optIns time of the opt-in by address
	 */
	void removeErased(TenantId tenant, Map<AddressHash, Instant> optIns, String actor) {
		List<AddressHash> addresses = List.copyOf(optIns.keySet());
		List<String> lifted = this.jdbc.sql("""
				with back as (
				    select block.tenant_id, block.address_hash
				      from unnest(:addresses::text[], :opted_in::timestamptz[]) opt_in (address_hash, agreed_at)
				      join consent.suppression block
				        on block.tenant_id = :tenant and block.address_hash = opt_in.address_hash
				     where block.reason = 'ERASED' and block.suppressed_at < opt_in.agreed_at
				     order by block.address_hash
				       for update of block)
				delete from consent.suppression block using back
				 where block.tenant_id = back.tenant_id and block.address_hash = back.address_hash
				returning block.address_hash
				""")
			.param("tenant", tenant.value())
			.param("addresses", hexes(addresses))
			.param("opted_in", SqlArray.times(addresses, optIns::get))
			.query(String.class)
			.list();
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		this.ledger.record(lifted.stream()
			.map((hex) -> new LedgerEntry(tenant, now, "suppression.lifted",
					"address:" + shortHash(new AddressHash(hex)), actor, Map.of("reason", "erased")))
			.toList());
	}

	/**
	 * Finds suppressed addresses with one statement.
	 * @param tenant the tenant
	 * @param addresses any number
	 * @return reasons by suppressed address
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
				""").param("tenant", tenant.value()).param("addresses", hexes(addresses)).query((row) -> {
			reasons.put(new AddressHash(row.getString(1)), SuppressionReason.valueOf(row.getString(2)));
		});
		return reasons;
	}

	/**
	 * Finds suppressed addresses, and those that revoked a topic, with one statement.
	 * @param tenant the tenant
	 * @param topic the subscription topic
	 * @param addresses any number
	 * @return what blocks messages to the addresses
	 */
	AddressBlocks blocks(TenantId tenant, String topic, Collection<AddressHash> addresses) {
		AddressBlocks blocks = new AddressBlocks();
		if (addresses.isEmpty()) {
			return blocks;
		}
		this.jdbc.sql("""
				select address_hash, reason
				  from consent.suppression
				 where tenant_id = :tenant and address_hash = any (:addresses)
				union all
				select address_hash, null
				  from consent.address_consent
				 where tenant_id = :tenant and address_hash = any (:addresses) and topic = :topic
				   and status = 'REVOKED'
				""")
			.param("tenant", tenant.value())
			.param("topic", topic)
			.param("addresses", hexes(addresses))
			.query((row) -> {
				AddressHash address = new AddressHash(row.getString(1));
				if (row.getString(2) != null) {
					blocks.suppress(address, SuppressionReason.valueOf(row.getString(2)));
				}
				else {
					blocks.revoke(address);
				}
			});
		return blocks;
	}

	/**
	 * Finds the suppression of one address.
	 * @param tenant the tenant
	 * @param address keyed hash of the address
	 * @return the suppression, or empty when there is none
	 */
	public Optional<Suppression> find(TenantId tenant, AddressHash address) {
		return this.jdbc.sql("""
				select address_hash, reason, actor, suppressed_at
				  from consent.suppression
				 where tenant_id = :tenant and address_hash = :address
				""")
			.param("tenant", tenant.value())
			.param("address", address.hex())
			.query((row, number) -> suppression(row))
			.optional();
	}

	/**
	 * Lists suppressed addresses, newest first.
	 * @param tenant the tenant
	 * @param limit 1 to 500
	 * @param cursor cursor of the previous page, or null
	 * @return one page
	 * @throws InvalidCursorException when the cursor is not one of this list
	 */
	public Page<Suppression> list(TenantId tenant, int limit, @Nullable String cursor) {
		Cursor after = Cursor.decode(cursor, 2).orElse(FIRST_PAGE);
		List<Suppression> found = this.jdbc
			.sql("""
					select address_hash, reason, actor, suppressed_at
					  from consent.suppression
					 where tenant_id = :tenant and (suppressed_at < :at or (suppressed_at = :at and address_hash > :address))
					 order by suppressed_at desc, address_hash
					 limit :limit
					""")
			.param("tenant", tenant.value())
			.param("at", SqlTime.of(after.instant(0)))
			.param("address", after.text(1))
			.param("limit", limit + 1)
			.query((row, number) -> suppression(row))
			.list();
		return Cursor.page(found, limit, (last) -> Cursor.of(last.at(), last.address().hex()));
	}

	/** Returns the keys of the advisory locks of addresses, in their order. */
	static Long[] lockKeys(TenantId tenant, Collection<AddressHash> addresses) {
		return addresses.stream()
			.map((address) -> AdvisoryLock.ADDRESS.key(tenant.value(), address.hex()))
			.distinct()
			.sorted()
			.toArray(Long[]::new);
	}

	private static String[] hexes(Collection<AddressHash> addresses) {
		return addresses.stream().map(AddressHash::hex).toArray(String[]::new);
	}

	/** Returns the part of an address hash that may be shown and recorded. */
	static String shortHash(AddressHash address) {
		return address.hex().substring(0, SHORT_HASH_DIGITS);
	}

	private static Suppression suppression(ResultSet row) throws SQLException {
		return new Suppression(new AddressHash(row.getString(1)), SuppressionReason.valueOf(row.getString(2)),
				row.getString(3), SqlTime.read(row, 4));
	}

}
