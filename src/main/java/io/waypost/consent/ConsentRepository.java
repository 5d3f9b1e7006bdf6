package io.waypost.consent;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import io.waypost.consent.ConsentRecord.Current;
import io.waypost.consent.ConsentRecord.Key;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** History and heads of consents. Every method but one is a single statement. */
@Component
class ConsentRepository {

	/** The order in which heads are locked and inserted. */
	static final Comparator<ConsentRecord> BY_KEY = Comparator
		.comparing((ConsentRecord answer) -> answer.change().profile().toString())
		.thenComparing((answer) -> answer.change().topic());

	private final JdbcTemplate jdbc;

	ConsentRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Locks in the order of the key, like every other lock on heads. */
	Map<Key, Current> lockCurrent(TenantId tenant, Collection<Key> keys) {
		Map<Key, Current> heads = HashMap.newHashMap(keys.size());
		this.jdbc.query("""
				select profile_id, topic, status, answered_at, version, event_id
				  from consent.consent
				 where tenant_id = ? and (profile_id, topic) in (select * from unnest(?, ?))
				 order by profile_id, topic
				   for no key update
				""", (statement) -> {
			statement.setString(1, tenant.value());
			statement.setArray(2, array(statement, "uuid", keys, (key) -> key.profile().value()));
			statement.setArray(3, array(statement, "text", keys, Key::topic));
		}, (found) -> {
			heads.put(new Key(profile(found), found.getString(2)), head(found));
		});
		return heads;
	}

	/** The heads of people for every topic, locked. */
	Map<Key, Current> lockAllTopics(TenantId tenant, Collection<ProfileId> profiles) {
		Map<Key, Current> heads = new HashMap<>();
		this.jdbc.query("""
				select profile_id, topic, status, answered_at, version, event_id
				  from consent.consent
				 where tenant_id = ? and profile_id = any (?)
				 order by profile_id, topic
				   for no key update
				""", (statement) -> {
			statement.setString(1, tenant.value());
			statement.setArray(2, array(statement, "uuid", profiles, ProfileId::value));
		}, (found) -> {
			heads.put(new Key(profile(found), found.getString(2)), head(found));
		});
		return heads;
	}

	void insertEvents(TenantId tenant, String actor, Instant now, List<ConsentRecord> answers,
			Map<Key, Current> before) {
		this.jdbc.update(
				"""
						insert into consent.consent_event (id, profile_id, topic, status, basis, source, shown_text, text_version,
						       ip_sealed, answered_at, previous, tenant_id, actor, recorded_at)
						select answer.*, ?, ?, ?
						  from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) answer
						""",
				(statement) -> {
					statement.setString(1, tenant.value());
					statement.setString(2, actor);
					statement.setTimestamp(3, Timestamp.from(now));
					bindAnswers(statement, answers, before);
				});
	}

	/**
	 * Puts answers in force, at most one for each key.
	 * @return the versions of those that won over what was there
	 */
	Map<Key, Long> updateCurrent(TenantId tenant, List<ConsentRecord> answers) {
		Map<Key, Long> versions = new HashMap<>();
		this.jdbc.query("""
				insert into consent.consent as head
				       (profile_id, topic, status, basis, answered_at, event_id, tenant_id, version)
				select answer.*, ?, 1
				  from unnest(?, ?, ?, ?, ?, ?) answer
				    on conflict (tenant_id, profile_id, topic) do update
				   set status = excluded.status, basis = excluded.basis, answered_at = excluded.answered_at,
				       event_id = excluded.event_id, version = head.version + 1
				 where (excluded.answered_at, excluded.strictness) > (head.answered_at, head.strictness)
				returning profile_id, topic, version
				""", (statement) -> {
			statement.setString(1, tenant.value());
			statement.setArray(2, array(statement, "uuid", answers, (answer) -> answer.change().profile().value()));
			statement.setArray(3, array(statement, "text", answers, (answer) -> answer.change().topic()));
			statement.setArray(4, array(statement, "text", answers, (answer) -> answer.change().status().name()));
			statement.setArray(5, array(statement, "text", answers, (answer) -> answer.change().basis()));
			statement.setArray(6,
					array(statement, "timestamptz", answers, (answer) -> Timestamp.from(answer.answeredAt())));
			statement.setArray(7, array(statement, "uuid", answers, ConsentRecord::id));
		}, (found) -> {
			versions.put(new Key(profile(found), found.getString(2)), found.getLong(3));
		});
		return versions;
	}

	/**
	 * Gives what absorbed profiles have to their survivors. Of two answers to one topic
	 * the winner is the newer, of one time the stricter; the loser stays in the history.
	 */
	void moveToSurvivors(TenantId tenant, List<Merge> merges) {
		this.jdbc.update("""
				update consent.consent_event event
				   set profile_id = merge.survivor
				  from (select ? tenant_id) owner, unnest(?, ?) merge (survivor, absorbed)
				 where event.tenant_id = owner.tenant_id and event.profile_id = merge.absorbed
				""", (statement) -> bindMerges(statement, tenant, merges));
		this.jdbc.update("""
				with moved as (
				    delete from consent.consent head
				     using (select ? tenant_id) owner, unnest(?, ?) merge (survivor, absorbed)
				     where head.tenant_id = owner.tenant_id and head.profile_id = merge.absorbed
				    returning head.*, merge.survivor)
				insert into consent.consent as head
				       (tenant_id, profile_id, topic, status, basis, answered_at, event_id, version)
				select distinct on (survivor, topic)
				       tenant_id, survivor, topic, status, basis, answered_at, event_id,
				       max(version) over (partition by survivor, topic)
				  from moved
				 order by survivor, topic, answered_at desc, strictness desc
				    on conflict (tenant_id, profile_id, topic) do update
				   set status = excluded.status, basis = excluded.basis, answered_at = excluded.answered_at,
				       event_id = excluded.event_id, version = greatest(head.version, excluded.version) + 1
				 where (excluded.answered_at, excluded.strictness) > (head.answered_at, head.strictness)
				""", (statement) -> bindMerges(statement, tenant, merges));
	}

	/** Takes back what is in force; the history with its proof stays. */
	int deleteCurrent(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc.update("delete from consent.consent where tenant_id = ? and profile_id = any (?)",
				(statement) -> {
					statement.setString(1, tenant.value());
					statement.setArray(2, array(statement, "uuid", profiles, ProfileId::value));
				});
	}

	private static void bindMerges(PreparedStatement statement, TenantId tenant, List<Merge> merges)
			throws SQLException {
		statement.setString(1, tenant.value());
		statement.setArray(2, array(statement, "uuid", merges, (merge) -> merge.survivor().value()));
		statement.setArray(3, array(statement, "uuid", merges, (merge) -> merge.absorbed().value()));
	}

	private static void bindAnswers(PreparedStatement statement, List<ConsentRecord> answers, Map<Key, Current> before)
			throws SQLException {
		bind(statement, 4, "uuid", answers, ConsentRecord::id);
		bind(statement, 5, "uuid", answers, (answer) -> answer.change().profile().value());
		bind(statement, 6, "text", answers, (answer) -> answer.change().topic());
		bind(statement, 7, "text", answers, (answer) -> answer.change().status().name());
		bind(statement, 8, "text", answers, (answer) -> answer.change().basis());
		bind(statement, 9, "text", answers, (answer) -> answer.change().evidence().source());
		bind(statement, 10, "text", answers, (answer) -> answer.change().evidence().text());
		bind(statement, 11, "text", answers, (answer) -> answer.change().evidence().textVersion());
		statement.setArray(12, statement.getConnection()
			.createArrayOf("bytea", answers.stream().map(ConsentRecord::sealedIp).toArray(byte[][]::new)));
		bind(statement, 13, "timestamptz", answers, (answer) -> Timestamp.from(answer.answeredAt()));
		bind(statement, 14, "uuid", answers, (answer) -> {
			Current head = before.get(answer.key());
			return (head != null) ? head.eventId() : null;
		});
	}

	private static <T> void bind(PreparedStatement statement, int index, String type, Collection<T> rows,
			Function<T, @Nullable Object> column) throws SQLException {
		statement.setArray(index, array(statement, type, rows, column));
	}

	private static <T> Array array(PreparedStatement statement, String type, Collection<T> rows,
			Function<T, @Nullable Object> column) throws SQLException {
		@Nullable Object[] values = new Object[rows.size()];
		int index = 0;
		for (T row : rows) {
			values[index++] = column.apply(row);
		}
		return statement.getConnection().createArrayOf(type, values);
	}

	private static ProfileId profile(ResultSet found) throws SQLException {
		return new ProfileId(found.getObject(1, UUID.class));
	}

	private static Current head(ResultSet found) throws SQLException {
		return new Current(ConsentStatus.valueOf(found.getString(3)), found.getTimestamp(4).toInstant(),
				found.getLong(5), found.getObject(6, UUID.class));
	}

}
