package io.waypost.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Decides by the decision table {@code dmn/consent.dmn} whether profiles may be sent
 * messages. If the evaluation fails, no message is permitted.
 */
@Component
public class SendPermissionEvaluator {

	private final Profiles profiles;

	private final Suppressions suppressions;

	private final ConsentDecisionTable table;

	private final AdvisoryLocks locks;

	private final JdbcClient jdbc;

	private final Counter granted;

	private final Counter withheld;

	SendPermissionEvaluator(Profiles profiles, Suppressions suppressions, ConsentDecisionTable table,
			AdvisoryLocks locks, JdbcClient jdbc, MeterRegistry meters) {
		this.profiles = profiles;
		this.suppressions = suppressions;
		this.table = table;
		this.locks = locks;
		this.jdbc = jdbc;
		this.granted = meters.counter("waypost.consent.permission.decide", "outcome", "granted");
		this.withheld = meters.counter("waypost.consent.permission.decide", "outcome", "withheld");
	}

	/** The columns of the current consent that the table needs. */
	private record CurrentConsent(ConsentStatus status, @Nullable String basis, long version) {

	}

	/**
	 * Decides for many profiles with a fixed number of statements. Consent rows and
	 * addresses are share-locked until the caller's transaction ends, so that a
	 * revocation or suppression is either seen here or commits after the caller. Without
	 * a consent row there is nothing to lock and nothing to revoke: the table gets
	 * {@code none}. A merged profile has the consents of its survivor.
	 * @param tenant the tenant
	 * @param topic topic of the message
	 * @param profiles ids of the profiles
	 * @return a permission for each requested profile, unknown ones included
	 */
	public Map<ProfileId, SendPermission> decide(TenantId tenant, String topic, Collection<ProfileId> profiles) {
		if (profiles.isEmpty()) {
			return Map.of();
		}
		Map<ProfileId, Profile> known = this.profiles.read(tenant, new HashSet<>(profiles));
		List<AddressHash> addresses = known.values()
			.stream()
			.map(Profile::addressHash)
			.filter(Objects::nonNull)
			.distinct()
			.toList();
		Map<ProfileId, CurrentConsent> consents = lockConsents(tenant, topic,
				known.values().stream().map(Profile::id).distinct().toList(), addresses);
		// A separate statement after the locks: only its snapshot shows what others have
		// committed while this one waited
		return evaluate(tenant, topic, profiles, known, consents, this.suppressions.blocks(tenant, topic, addresses));
	}

	/**
	 * Previews the decision with one statement and without locks, to avoid writing
	 * content that would be withheld. {@link #decide} makes the final decision.
	 * @param tenant the tenant
	 * @param topic topic of the message
	 * @param profiles ids of the profiles
	 * @param known the profiles by requested id
	 * @return a permission for each requested profile, unknown ones included
	 */
	public Map<ProfileId, SendPermission> preview(TenantId tenant, String topic, Collection<ProfileId> profiles,
			Map<ProfileId, Profile> known) {
		Map<ProfileId, CurrentConsent> consents = HashMap.newHashMap(known.size());
		AddressBlocks blocks = new AddressBlocks();
		List<Profile> people = List.copyOf(known.values());
		this.jdbc.sql("""
				select person.id, c.status, c.basis, c.version, person.address, s.reason, a.status
				  from unnest(:ids::uuid[], :addresses::text[]) as person (id, address)
				  left join consent.consent c
				    on c.tenant_id = :tenant and c.topic = :topic and c.profile_id = person.id
				  left join consent.suppression s on s.tenant_id = :tenant and s.address_hash = person.address
				  left join consent.address_consent a on a.tenant_id = :tenant and a.address_hash = person.address
				   and a.topic = :topic and a.status = 'REVOKED'
				""")
			.param("tenant", tenant.value())
			.param("topic", topic)
			.param("ids", people.stream().map((person) -> person.id().value()).toArray(UUID[]::new))
			.param("addresses", people.stream().map(SendPermissionEvaluator::address).toArray(String[]::new))
			.query((row) -> {
				collect(row, consents, blocks);
			});
		return evaluate(tenant, topic, profiles, known, consents, blocks);
	}

	private static void collect(ResultSet row, Map<ProfileId, CurrentConsent> consents, AddressBlocks blocks)
			throws SQLException {
		if (row.getString(2) != null) {
			consents.put(new ProfileId(row.getObject(1, UUID.class)),
					new CurrentConsent(ConsentStatus.valueOf(row.getString(2)), row.getString(3), row.getLong(4)));
		}
		if (row.getString(6) != null) {
			blocks.suppress(new AddressHash(row.getString(5)), SuppressionReason.valueOf(row.getString(6)));
		}
		if (row.getString(7) != null) {
			blocks.revoke(new AddressHash(row.getString(5)));
		}
	}

	private static @Nullable String address(Profile person) {
		return (person.addressHash() != null) ? person.addressHash().hex() : null;
	}

	private Map<ProfileId, SendPermission> evaluate(TenantId tenant, String topic, Collection<ProfileId> profiles,
			Map<ProfileId, Profile> known, Map<ProfileId, CurrentConsent> consents, AddressBlocks blocks) {
		Map<ProfileId, SendPermission> permissions = HashMap.newHashMap(profiles.size());
		Map<ConsentDecisionTable.Inputs, ConsentDecisionTable.Decision> decisions = new HashMap<>();
		for (ProfileId profile : profiles) {
			Profile person = known.get(profile);
			CurrentConsent consent = (person != null) ? consents.get(person.id()) : null;
			ConsentDecisionTable.Decision decision = (person != null) ? decisions
				.computeIfAbsent(inputs(topic, person, consent, blocks), (inputs) -> this.table.decide(tenant, inputs))
					: ConsentDecisionTable.UNKNOWN;
			permissions.put(profile, decision.permission((consent != null) ? consent.version() : null));
		}
		permissions.values().forEach(this::count);
		return permissions;
	}

	/**
	 * Locks addresses first and rows second, each in their order, as every transaction
	 * that changes them does; this avoids deadlocks. The count makes PostgreSQL take all
	 * advisory locks before it reads a row.
	 */
	private Map<ProfileId, CurrentConsent> lockConsents(TenantId tenant, String topic, Collection<ProfileId> profiles,
			Collection<AddressHash> addresses) {
		this.locks.checkOrder(AdvisoryLock.ADDRESS);
		Map<ProfileId, CurrentConsent> consents = HashMap.newHashMap(profiles.size());
		this.jdbc.sql("""
				with held as materialized (
				    select pg_advisory_xact_lock_shared(lock) from unnest(:locks::bigint[]) lock)
				select profile_id, status, basis, version
				  from consent.consent
				 where tenant_id = :tenant and topic = :topic and profile_id = any (:profiles)
				   and (select count(*) from held) >= 0
				 order by profile_id
				   for share
				""")
			.param("locks", Suppressions.lockKeys(tenant, addresses))
			.param("tenant", tenant.value())
			.param("topic", topic)
			.param("profiles", profiles.stream().map(ProfileId::value).toArray(UUID[]::new))
			.query((row) -> {
				consents.put(new ProfileId(row.getObject(1, UUID.class)),
						new CurrentConsent(ConsentStatus.valueOf(row.getString(2)), row.getString(3), row.getLong(4)));
			});
		return consents;
	}

	/** A revocation of the address takes precedence over what this profile answered. */
	private static ConsentDecisionTable.Inputs inputs(String topic, Profile person, @Nullable CurrentConsent consent,
			AddressBlocks blocks) {
		AddressHash address = person.addressHash();
		boolean revoked = address != null && blocks.isRevoked(address);
		ConsentStatus own = (consent != null) ? consent.status() : null;
		return new ConsentDecisionTable.Inputs((address != null) ? blocks.suppression(address) : null, address != null,
				revoked ? ConsentStatus.REVOKED : own, (consent != null && !revoked) ? consent.basis() : null,
				person.country(), topic);
	}

	private void count(SendPermission permission) {
		switch (permission) {
			case SendPermission.Granted yes -> this.granted.increment();
			case SendPermission.Withheld no -> this.withheld.increment();
		}
	}

}
