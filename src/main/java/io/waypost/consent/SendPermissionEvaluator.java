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
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides by {@code dmn/consent.dmn} whether people may be written to. Fails closed. */
@Component
public class SendPermissionEvaluator {

	private final Profiles profiles;

	private final Suppressions suppressions;

	private final ConsentDecisionTable table;

	private final JdbcClient jdbc;

	private final Counter granted;

	private final Counter withheld;

	SendPermissionEvaluator(Profiles profiles, Suppressions suppressions, ConsentDecisionTable table, JdbcClient jdbc,
			MeterRegistry meters) {
		this.profiles = profiles;
		this.suppressions = suppressions;
		this.table = table;
		this.jdbc = jdbc;
		this.granted = meters.counter("waypost.consent.permission.decide", "outcome", "granted");
		this.withheld = meters.counter("waypost.consent.permission.decide", "outcome", "withheld");
	}

	/** The consent in force, as far as the table asks. */
	private record Answered(ConsentStatus status, @Nullable String basis, long version) {

	}

	/**
	 * Decides for many people with a bounded number of statements. The consent rows read
	 * and the addresses are locked for sharing until the caller's transaction ends, so
	 * that a revocation or a suppression either is seen here or commits after the caller.
	 * Who has no consent row has nothing to lock and nothing to revoke: the table sees
	 * {@code none}. An absorbed profile has the consents of its survivor.
	 * @param tenant whose people
	 * @param topic what the message is about
	 * @param profiles whom
	 * @return an answer for each profile asked for, unknown ones included
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
		Map<ProfileId, Answered> answers = lockAnswers(tenant, topic,
				known.values().stream().map(Profile::id).distinct().toList(), addresses);
		// A statement of its own after the locks: only its snapshot shows what we waited
		// for
		return rule(topic, profiles, known, answers, this.suppressions.reasons(tenant, addresses));
	}

	/**
	 * Tells what the answer would be now, with one statement and without holding on to
	 * it: enough to spare the work of writing, while {@link #decide} has the last word.
	 * @param tenant whose people
	 * @param topic what the message is about
	 * @param profiles whom
	 * @param known the people, by the id asked for
	 * @return an answer for each profile asked for, unknown ones included
	 */
	public Map<ProfileId, SendPermission> preview(TenantId tenant, String topic, Collection<ProfileId> profiles,
			Map<ProfileId, Profile> known) {
		Map<ProfileId, Answered> answers = HashMap.newHashMap(known.size());
		Map<AddressHash, SuppressionReason> blocked = new HashMap<>();
		List<Profile> people = List.copyOf(known.values());
		this.jdbc.sql("""
				select person.id, c.status, c.basis, c.version, person.address, s.reason
				  from unnest(:ids::uuid[], :addresses::text[]) as person (id, address)
				  left join consent.consent c
				    on c.tenant_id = :tenant and c.topic = :topic and c.profile_id = person.id
				  left join consent.suppression s on s.tenant_id = :tenant and s.address_hash = person.address
				""")
			.param("tenant", tenant.value())
			.param("topic", topic)
			.param("ids", people.stream().map((person) -> person.id().value()).toArray(UUID[]::new))
			.param("addresses", people.stream().map(SendPermissionEvaluator::address).toArray(String[]::new))
			.query((found) -> {
				note(found, answers, blocked);
			});
		return rule(topic, profiles, known, answers, blocked);
	}

	private static void note(ResultSet found, Map<ProfileId, Answered> answers,
			Map<AddressHash, SuppressionReason> blocked) throws SQLException {
		if (found.getString(2) != null) {
			answers.put(new ProfileId(found.getObject(1, UUID.class)),
					new Answered(ConsentStatus.valueOf(found.getString(2)), found.getString(3), found.getLong(4)));
		}
		if (found.getString(6) != null) {
			blocked.put(new AddressHash(found.getString(5)), SuppressionReason.valueOf(found.getString(6)));
		}
	}

	private static @Nullable String address(Profile person) {
		return (person.addressHash() != null) ? person.addressHash().hex() : null;
	}

	private Map<ProfileId, SendPermission> rule(String topic, Collection<ProfileId> profiles,
			Map<ProfileId, Profile> known, Map<ProfileId, Answered> answers,
			Map<AddressHash, SuppressionReason> blocked) {
		Map<ProfileId, SendPermission> permissions = HashMap.newHashMap(profiles.size());
		Map<ConsentDecisionTable.Inputs, ConsentDecisionTable.Decision> rulings = new HashMap<>();
		for (ProfileId profile : profiles) {
			Profile person = known.get(profile);
			Answered answered = (person != null) ? answers.get(person.id()) : null;
			ConsentDecisionTable.Decision ruling = (person != null)
					? rulings.computeIfAbsent(inputs(topic, person, answered, blocked), this.table::decide)
					: ConsentDecisionTable.UNKNOWN;
			permissions.put(profile, ruling.permission((answered != null) ? answered.version() : null));
		}
		permissions.values().forEach(this::count);
		return permissions;
	}

	/**
	 * Locks the addresses first and the rows second, each in its order, like everybody
	 * who changes them: so they queue up. The count makes PostgreSQL take all locks of
	 * the first kind before it reads a row.
	 */
	private Map<ProfileId, Answered> lockAnswers(TenantId tenant, String topic, Collection<ProfileId> profiles,
			Collection<AddressHash> addresses) {
		Map<ProfileId, Answered> answers = HashMap.newHashMap(profiles.size());
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
			.param("locks", AddressLockKeys.of(tenant, addresses))
			.param("tenant", tenant.value())
			.param("topic", topic)
			.param("profiles", profiles.stream().map(ProfileId::value).toArray(UUID[]::new))
			.query((found) -> {
				answers.put(new ProfileId(found.getObject(1, UUID.class)),
						new Answered(ConsentStatus.valueOf(found.getString(2)), found.getString(3), found.getLong(4)));
			});
		return answers;
	}

	private static ConsentDecisionTable.Inputs inputs(String topic, Profile person, @Nullable Answered answered,
			Map<AddressHash, SuppressionReason> blocked) {
		AddressHash address = person.addressHash();
		return new ConsentDecisionTable.Inputs((address != null) ? blocked.get(address) : null, address != null,
				(answered != null) ? answered.status() : null, (answered != null) ? answered.basis() : null,
				person.country(), topic);
	}

	private void count(SendPermission permission) {
		switch (permission) {
			case SendPermission.Granted yes -> this.granted.increment();
			case SendPermission.Withheld no -> this.withheld.increment();
		}
	}

}
