package io.waypost.feature.state;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The stored states. Every method is one statement, whatever the number of profiles. */
@Component
public class FeatureStateRepository {

	/** The order in which rows are locked and inserted. */
	public static final Comparator<StateRow> BY_PROFILE = Comparator.comparing((row) -> row.profile().toString());

	private static final byte[] EMPTY = new FeatureState().encode();

	private final JdbcTemplate jdbc;

	public FeatureStateRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * One row.
	 *
	 * @param profile whose
	 * @param state encoded
	 * @param stage the lifecycle stage others were told of
	 * @param nextStageAt when it changes by time alone, null when it does not
	 */
	public record StateRow(ProfileId profile, byte[] state, LifecycleStage stage, @Nullable Instant nextStageAt) {

	}

	/** What a profile without a row has. */
	public static StateRow empty(ProfileId profile) {
		return new StateRow(profile, EMPTY, LifecycleStage.PROSPECT, null);
	}

	/**
	 * A row whose stage is due to change.
	 *
	 * @param tenant whose profile
	 * @param row the row, locked
	 */
	public record DueState(TenantId tenant, StateRow row) {

	}

	public List<StateRow> read(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc.query("""
				select profile_id, state, stage, next_stage_at
				  from feature.profile_state
				 where tenant_id = ? and profile_id = any (?)
				""", (statement) -> bindKeys(statement, tenant, profiles), (found, number) -> row(found));
	}

	/**
	 * Reads about as many rows as asked for, spread over the table's pages: a table of
	 * millions costs no more than one of thousands.
	 */
	public List<StateRow> sample(TenantId tenant, int limit) {
		Double rows = this.jdbc.queryForObject(
				"select greatest(1, reltuples)::float8 from pg_class where oid = 'feature.profile_state'::regclass",
				Double.class);
		// Four times as much as wanted: other tenants' rows lie on the same pages.
		double percent = Math.min(100, 400.0 * limit / ((rows != null) ? rows : 1));
		return this.jdbc.query("""
				select profile_id, state, stage, next_stage_at
				  from feature.profile_state tablesample system (?)
				 where tenant_id = ?
				 limit ?
				""", (found, number) -> row(found), percent, tenant.value(), limit);
	}

	/** Locks in the order of ids, so that two batches with common profiles queue up. */
	public Map<ProfileId, StateRow> lock(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, StateRow> rows = HashMap.newHashMap(profiles.size());
		this.jdbc.query("""
				select profile_id, state, stage, next_stage_at
				  from feature.profile_state
				 where tenant_id = ? and profile_id = any (?)
				 order by profile_id
				   for no key update
				""", (statement) -> bindKeys(statement, tenant, profiles), (found) -> {
			StateRow row = row(found);
			rows.put(row.profile(), row);
		});
		return rows;
	}

	/**
	 * Inserts rows of profiles that had none.
	 * @return whose row was inserted; another transaction was faster for the others
	 */
	public Set<ProfileId> insert(TenantId tenant, List<StateRow> rows) {
		return new HashSet<>(this.jdbc.query("""
				insert into feature.profile_state (profile_id, state, stage, next_stage_at, tenant_id)
				select fresh.*, ?
				  from unnest(?, ?, ?, ?) fresh (profile_id, state, stage, next_stage_at)
				    on conflict do nothing
				returning profile_id
				""", (statement) -> bindRows(statement, tenant, rows),
				(found, number) -> new ProfileId(found.getObject(1, UUID.class))));
	}

	public void update(TenantId tenant, List<StateRow> rows) {
		this.jdbc.update("""
				update feature.profile_state kept
				   set state = changed.state, stage = changed.stage, next_stage_at = changed.next_stage_at
				  from (select ? tenant_id) owner,
				       unnest(?, ?, ?, ?) changed (profile_id, state, stage, next_stage_at)
				 where kept.tenant_id = owner.tenant_id and kept.profile_id = changed.profile_id
				""", (statement) -> bindRows(statement, tenant, rows));
	}

	/** Takes rows away for good; the caller has locked them. */
	public Map<ProfileId, byte[]> remove(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, byte[]> removed = new HashMap<>();
		this.jdbc.query("""
				delete from feature.profile_state
				 where tenant_id = ? and profile_id = any (?)
				returning profile_id, state
				""", (statement) -> bindKeys(statement, tenant, profiles), (found) -> {
			removed.put(new ProfileId(found.getObject(1, UUID.class)), found.getBytes(2));
		});
		return removed;
	}

	/**
	 * Locks rows whose stage is due; those that another transaction holds wait a turn.
	 */
	public List<DueState> lockDue(Instant now, int limit) {
		return this.jdbc.query("""
				select profile_id, state, stage, next_stage_at, tenant_id
				  from feature.profile_state
				 where next_stage_at <= ?
				 order by next_stage_at
				 limit ?
				   for no key update skip locked
				""", (found, number) -> new DueState(new TenantId(found.getString(5)), row(found)), Timestamp.from(now),
				limit);
	}

	private static StateRow row(ResultSet found) throws SQLException {
		Timestamp next = found.getTimestamp(4);
		return new StateRow(new ProfileId(found.getObject(1, UUID.class)), found.getBytes(2),
				LifecycleStage.valueOf(found.getString(3)), (next != null) ? next.toInstant() : null);
	}

	private static void bindKeys(PreparedStatement statement, TenantId tenant, Collection<ProfileId> profiles)
			throws SQLException {
		statement.setString(1, tenant.value());
		statement.setArray(2, array(statement, "uuid", profiles.stream().map(ProfileId::value).toArray()));
	}

	private static void bindRows(PreparedStatement statement, TenantId tenant, List<StateRow> rows)
			throws SQLException {
		List<@Nullable Timestamp> next = new ArrayList<>(rows.size());
		for (StateRow row : rows) {
			Instant at = row.nextStageAt();
			next.add((at != null) ? Timestamp.from(at) : null);
		}
		statement.setString(1, tenant.value());
		statement.setArray(2, array(statement, "uuid", rows.stream().map((row) -> row.profile().value()).toArray()));
		statement.setArray(3, array(statement, "bytea", rows.stream().map(StateRow::state).toArray(byte[][]::new)));
		statement.setArray(4, array(statement, "text", rows.stream().map((row) -> row.stage().name()).toArray()));
		statement.setArray(5, array(statement, "timestamptz", next.toArray()));
	}

	private static Array array(PreparedStatement statement, String type, @Nullable Object[] elements)
			throws SQLException {
		return statement.getConnection().createArrayOf(type, elements);
	}

}
