package io.waypost.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Revocations that hold for an address. The person who unsubscribes knows the address
 * only, so the revocation holds for every profile with it, also for one that a source
 * creates later, until the address opts in with evidence at a later time.
 */
@Component
class AddressConsents {

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final Profiles profiles;

	AddressConsents(JdbcClient jdbc, AdvisoryLocks locks, Profiles profiles) {
		this.jdbc = jdbc;
		this.locks = locks;
		this.profiles = profiles;
	}

	/** An explicit answer of an address. */
	record AddressAnswer(AddressHash address, String topic, ConsentStatus status, Instant at) {

		/** The later answer, then the stricter. */
		private static final Comparator<AddressAnswer> PRECEDENCE = Comparator.comparing(AddressAnswer::at)
			.thenComparing(AddressAnswer::status);

		private AddressAnswer supersede(AddressAnswer other) {
			return (PRECEDENCE.compare(this, other) >= 0) ? this : other;
		}

	}

	private record AddressTopic(AddressHash address, String topic) {

	}

	/**
	 * Locks the addresses of profiles that are about to revoke topics. A transaction that
	 * is about to send to one of them commits first, or sees the revocation. Must precede
	 * locks of current answers.
	 */
	void lock(TenantId tenant, Collection<ProfileId> profiles) {
		if (!profiles.isEmpty()) {
			lockAddresses(tenant, addresses(tenant, profiles).values());
		}
	}

	/**
	 * Records what answers of profiles mean for their addresses. Implicit opt-ins mean
	 * nothing. Executes no statement without a revocation or explicit opt-in.
	 */
	void record(TenantId tenant, String actor, List<ConsentRecord> answers) {
		List<ConsentRecord> decisive = answers.stream()
			.filter((answer) -> answer.change().isExplicit() && answer.change().status() != ConsentStatus.DENIED)
			.toList();
		if (decisive.isEmpty()) {
			return;
		}
		Map<ProfileId, AddressHash> addresses = addresses(tenant,
				decisive.stream().map((answer) -> answer.change().profile()).collect(Collectors.toSet()));
		store(tenant, actor,
				decisive.stream()
					.filter((answer) -> addresses.containsKey(answer.change().profile()))
					.map((answer) -> new AddressAnswer(Objects.requireNonNull(addresses.get(answer.change().profile())),
							answer.change().topic(), answer.change().status(), answer.answeredAt()))
					.toList());
	}

	/**
	 * Stores answers of addresses. The later answer holds, at the same time the stricter.
	 * An opt-in of an event does not replace a confirmed revocation.
	 */
	void store(TenantId tenant, String actor, List<AddressAnswer> answers) {
		if (answers.isEmpty()) {
			return;
		}
		lockAddresses(tenant,
				answers.stream()
					.filter((answer) -> answer.status() == ConsentStatus.REVOKED)
					.map(AddressAnswer::address)
					.collect(Collectors.toSet()));
		Map<AddressTopic, AddressAnswer> latest = new HashMap<>();
		answers.forEach((answer) -> latest.merge(new AddressTopic(answer.address(), answer.topic()), answer,
				AddressAnswer::supersede));
		List<AddressAnswer> rows = latest.values()
			.stream()
			.sorted(Comparator.comparing((AddressAnswer answer) -> answer.address().hex())
				.thenComparing(AddressAnswer::topic))
			.toList();
		this.jdbc.sql("""
				insert into consent.address_consent as current
				       (address_hash, topic, status, answered_at, tenant_id, actor, confirmed)
				select answer.*, ?, ?, ?
				  from unnest(?, ?, ?, ?) answer
				    on conflict (tenant_id, address_hash, topic) do update
				   set status = excluded.status, actor = excluded.actor, answered_at = excluded.answered_at,
				       confirmed = excluded.confirmed
				           or (current.confirmed and current.status = 'REVOKED' and excluded.status = 'REVOKED')
				 where (excluded.answered_at, excluded.status) > (current.answered_at, current.status)
				   and (excluded.status = 'REVOKED' or excluded.confirmed
				        or not (current.confirmed and current.status = 'REVOKED'))
				""")
			.param(tenant.value())
			.param(actor)
			.param(!ConsentEventListener.ACTOR.equals(actor))
			.param(SqlArray.texts(rows, (row) -> row.address().hex()))
			.param(SqlArray.texts(rows, AddressAnswer::topic))
			.param(SqlArray.texts(rows, (row) -> row.status().name()))
			.param(SqlArray.times(rows, AddressAnswer::at))
			.update();
	}

	/** Lists the topics that are revoked for an address. */
	List<AddressRevocation> revocations(TenantId tenant, AddressHash address) {
		return this.jdbc.sql("""
				select topic, actor, answered_at
				  from consent.address_consent
				 where tenant_id = ? and address_hash = ? and status = 'REVOKED'
				 order by topic
				""")
			.params(tenant.value(), address.hex())
			.query((row, number) -> new AddressRevocation(address, row.getString(1), row.getString(2),
					SqlTime.read(row, 3)))
			.list();
	}

	/** Lists the topics that are revoked for the address of a profile. */
	List<AddressRevocation> revocations(TenantId tenant, ProfileId profile) {
		AddressHash address = addresses(tenant, Set.of(profile)).get(profile);
		return (address != null) ? revocations(tenant, address) : List.of();
	}

	private Map<ProfileId, AddressHash> addresses(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, AddressHash> addresses = new HashMap<>();
		for (Map.Entry<ProfileId, Profile> known : this.profiles.read(tenant, profiles).entrySet()) {
			AddressHash address = known.getValue().addressHash();
			if (address != null) {
				addresses.put(known.getKey(), address);
			}
		}
		return addresses;
	}

	private void lockAddresses(TenantId tenant, Collection<AddressHash> addresses) {
		if (!addresses.isEmpty()) {
			this.locks.lockAll(AdvisoryLock.ADDRESS, List.of(Suppressions.lockKeys(tenant, addresses)));
		}
	}

}
