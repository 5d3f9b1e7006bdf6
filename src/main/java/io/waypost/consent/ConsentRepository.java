package io.waypost.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.consent.ConsentRecord.Current;
import io.waypost.consent.ConsentRecord.Key;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the history of consents and to the current answers. */
@Component
class ConsentRepository {

	/** The order in which current answers are locked and inserted. */
	static final Comparator<ConsentRecord> BY_KEY = Comparator
		.comparing((ConsentRecord answer) -> answer.change().profile().toString())
		.thenComparing((answer) -> answer.change().topic());

	private final JdbcClient jdbc;

	ConsentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Locks current answers in the order of their keys, like every other such lock. */
	Map<Key, Current> lockCurrent(TenantId tenant, Collection<Key> keys) {
		Map<Key, Current> current = HashMap.newHashMap(keys.size());
		this.jdbc.sql("""
				select profile_id, topic, status, answered_at, version, event_id
				  from consent.consent
				 where tenant_id = ? and (profile_id, topic) in (select * from unnest(?, ?))
				 order by profile_id, topic
				   for no key update
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(keys, (key) -> key.profile().value()))
			.param(SqlArray.texts(keys, Key::topic))
			.query((row) -> {
				current.put(key(row), current(row));
			});
		return current;
	}

	/** Locks the current answers of profiles to all topics. */
	Map<Key, Current> lockAllTopics(TenantId tenant, Collection<ProfileId> profiles) {
		Map<Key, Current> current = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, topic, status, answered_at, version, event_id
				  from consent.consent
				 where tenant_id = ? and profile_id = any (?)
				 order by profile_id, topic
				   for no key update
				""").param(tenant.value()).param(SqlArray.uuids(profiles, ProfileId::value)).query((row) -> {
			current.put(key(row), current(row));
		});
		return current;
	}

	void insertEvents(TenantId tenant, String actor, Instant now, List<ConsentRecord> answers,
			Map<Key, Current> before) {
		this.jdbc.sql("""
				insert into consent.consent_event (id, profile_id, topic, status, source, evidence_sealed,
				       answered_at, previous, tenant_id, actor, recorded_at)
				select answer.*, ?, ?, ?
				  from unnest(?, ?, ?, ?, ?, ?, ?, ?) answer
				""")
			.param(tenant.value())
			.param(actor)
			.param(SqlTime.of(now))
			.param(SqlArray.uuids(answers, ConsentRecord::id))
			.param(SqlArray.uuids(answers, (answer) -> answer.change().profile().value()))
			.param(SqlArray.texts(answers, (answer) -> answer.change().topic()))
			.param(SqlArray.texts(answers, (answer) -> answer.change().status().name()))
			.param(SqlArray.texts(answers, ConsentRecord::ownSource))
			.param(SqlArray.bytes(answers, ConsentRecord::sealed))
			.param(SqlArray.times(answers, ConsentRecord::answeredAt))
			.param(SqlArray.uuids(answers, (answer) -> eventId(before.get(answer.key()))))
			.update();
	}

	/**
	 * Makes answers current, at most one for each key, unless the current answer takes
	 * precedence.
	 * @return the versions of those that are current now
	 */
	Map<Key, Long> updateCurrent(TenantId tenant, List<ConsentRecord> answers) {
		Map<Key, Long> versions = new HashMap<>();
		this.jdbc.sql("""
				insert into consent.consent as current
				       (profile_id, topic, status, explicit, basis, answered_at, event_id, tenant_id, version)
				select answer.*, ?, 1
				  from unnest(?, ?, ?, ?, ?, ?, ?) answer
				    on conflict (tenant_id, profile_id, topic) do update
				   set status = excluded.status, explicit = excluded.explicit, basis = excluded.basis,
				       answered_at = excluded.answered_at, event_id = excluded.event_id, version = current.version + 1
				 where (excluded.explicit, excluded.answered_at, excluded.strictness)
				     > (current.explicit, current.answered_at, current.strictness)
				returning profile_id, topic, version
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(answers, (answer) -> answer.change().profile().value()))
			.param(SqlArray.texts(answers, (answer) -> answer.change().topic()))
			.param(SqlArray.texts(answers, (answer) -> answer.change().status().name()))
			.param(SqlArray.booleans(answers, (answer) -> answer.change().isExplicit()))
			.param(SqlArray.texts(answers, (answer) -> answer.change().basis()))
			.param(SqlArray.times(answers, ConsentRecord::answeredAt))
			.param(SqlArray.uuids(answers, ConsentRecord::id))
			.query((row) -> {
				versions.put(key(row), row.getLong(3));
			});
		return versions;
	}

	/**
	 * Moves history and current answers of absorbed profiles to their survivors. Of two
	 * answers to one topic the one with precedence becomes current; the other one stays
	 * in the history.
	 */
	void moveToSurvivors(TenantId tenant, List<Merge> merges) {
		this.jdbc.sql("""
				update consent.consent_event event
				   set profile_id = merge.survivor
				  from (select ? tenant_id) owner, unnest(?, ?) merge (survivor, absorbed)
				 where event.tenant_id = owner.tenant_id and event.profile_id = merge.absorbed
				""").params(parameters(tenant, merges)).update();
		this.jdbc.sql("""
				with moved as (
				    delete from consent.consent current
				     using (select ? tenant_id) owner, unnest(?, ?) merge (survivor, absorbed)
				     where current.tenant_id = owner.tenant_id and current.profile_id = merge.absorbed
				    returning current.*, merge.survivor)
				insert into consent.consent as current
				       (tenant_id, profile_id, topic, status, explicit, basis, answered_at, event_id, version)
				select distinct on (survivor, topic)
				       tenant_id, survivor, topic, status, explicit, basis, answered_at, event_id,
				       max(version) over (partition by survivor, topic)
				  from moved
				 order by survivor, topic, explicit desc, answered_at desc, strictness desc
				    on conflict (tenant_id, profile_id, topic) do update
				   set status = excluded.status, explicit = excluded.explicit, basis = excluded.basis,
				       answered_at = excluded.answered_at, event_id = excluded.event_id,
				       version = greatest(current.version, excluded.version) + 1
				 where (excluded.explicit, excluded.answered_at, excluded.strictness)
				     > (current.explicit, current.answered_at, current.strictness)
				""").params(parameters(tenant, merges)).update();
	}

	/**
	 * Deletes evidence that earlier versions stored in clear; later evidence is encrypted
	 * and can no longer be read.
	 */
	void deleteClearEvidence(TenantId tenant, Collection<ProfileId> profiles) {
		this.jdbc.sql("""
				update consent.consent_event
				   set source = null, shown_text = null, text_version = null, basis = null
				 where tenant_id = ? and profile_id = any (?) and evidence_sealed is null
				   and num_nonnulls(shown_text, text_version, basis, ip_sealed) > 0
				""").param(tenant.value()).param(SqlArray.uuids(profiles, ProfileId::value)).update();
	}

	/** Deletes current answers; the history stays. */
	int deleteCurrent(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc.sql("delete from consent.consent where tenant_id = ? and profile_id = any (?)")
			.param(tenant.value())
			.param(SqlArray.uuids(profiles, ProfileId::value))
			.update();
	}

	/**
	 * Deletes current opt-ins that are not explicit, or not later than the given times.
	 */
	void deleteOptIns(TenantId tenant, Map<ProfileId, Instant> erasedAt) {
		List<ProfileId> profiles = List.copyOf(erasedAt.keySet());
		this.jdbc.sql("""
				delete from consent.consent current
				 using (select ? tenant_id) owner, unnest(?, ?) erased (profile_id, erased_at)
				 where current.tenant_id = owner.tenant_id and current.profile_id = erased.profile_id
				   and current.status = 'GRANTED' and (not current.explicit or current.answered_at <= erased.erased_at)
				""")
			.params(tenant.value(), SqlArray.uuids(profiles, ProfileId::value), SqlArray.times(profiles, erasedAt::get))
			.update();
	}

	private static List<Object> parameters(TenantId tenant, List<Merge> merges) {
		return List.of(tenant.value(), SqlArray.uuids(merges, (merge) -> merge.survivor().value()),
				SqlArray.uuids(merges, (merge) -> merge.absorbed().value()));
	}

	private static @Nullable UUID eventId(@Nullable Current current) {
		return (current != null) ? current.eventId() : null;
	}

	private static Key key(ResultSet row) throws SQLException {
		return new Key(new ProfileId(row.getObject("profile_id", UUID.class)), row.getString("topic"));
	}

	private static Current current(ResultSet row) throws SQLException {
		return new Current(ConsentStatus.valueOf(row.getString("status")), SqlTime.read(row, "answered_at"),
				row.getLong("version"), row.getObject("event_id", UUID.class));
	}

}
