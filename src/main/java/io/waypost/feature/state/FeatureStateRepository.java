package io.waypost.feature.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL access to feature states. Each method executes one statement for any number of
 * profiles.
 */
@Component
public class FeatureStateRepository {

	/** The order in which rows are locked and inserted. */
	public static final Comparator<StateRow> BY_PROFILE = Comparator.comparing((row) -> row.profile().toString());

	private static final byte[] EMPTY = new FeatureState().encode();

	private final JdbcClient jdbc;

	public FeatureStateRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * A stored state.
	 *
	 * @param profile the profile
	 * @param state encoded state
	 * @param stage the lifecycle stage that was announced last
	 * @param nextStageAt when the stage is due to change, null if it is not
	 */
	public record StateRow(ProfileId profile, byte[] state, LifecycleStage stage, @Nullable Instant nextStageAt) {

	}

	/** Returns the state of a profile without a row. */
	public static StateRow empty(ProfileId profile) {
		return new StateRow(profile, EMPTY, LifecycleStage.PROSPECT, null);
	}

	/**
	 * A locked row whose stage is due to change.
	 *
	 * @param tenant the tenant
	 * @param row the row
	 */
	public record DueState(TenantId tenant, StateRow row) {

	}

	/** Reads the rows of profiles; profiles without a row are missing. */
	public List<StateRow> read(TenantId tenant, Collection<ProfileId> profiles) {
		return this.jdbc.sql("""
				select profile_id, state, stage, next_stage_at
				  from feature.profile_state
				 where tenant_id = ? and profile_id = any (?)
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(profiles, ProfileId::value))
			.query(FeatureStateRepository::row)
			.list();
	}

	/**
	 * Reads a random sample of about the given size from pages of the table; the cost
	 * does not depend on the size of the table.
	 */
	public List<StateRow> sample(TenantId tenant, int limit) {
		double rows = this.jdbc
			.sql("select greatest(1, reltuples)::float8 from pg_class where oid = 'feature.profile_state'::regclass")
			.query(Double.class)
			.single();
		// Four times the size, because the pages also contain rows of other tenants
		double percent = Math.min(100, 400.0 * limit / rows);
		return this.jdbc.sql("""
				select profile_id, state, stage, next_stage_at
				  from feature.profile_state tablesample system (?)
				 where tenant_id = ?
				 limit ?
				""").params(percent, tenant.value(), limit).query(FeatureStateRepository::row).list();
	}

	/**
	 * Locks and reads rows, in the order of their ids, so that two batches with common
	 * profiles wait for each other instead of deadlocking.
	 */
	public Map<ProfileId, StateRow> lock(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, StateRow> rows = HashMap.newHashMap(profiles.size());
		this.jdbc.sql("""
				select profile_id, state, stage, next_stage_at
				  from feature.profile_state
				 where tenant_id = ? and profile_id = any (?)
				 order by profile_id
				   for no key update
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(profiles, ProfileId::value))
			.query(FeatureStateRepository::row)
			.list()
			.forEach((row) -> rows.put(row.profile(), row));
		return rows;
	}

	/**
	 * Inserts rows for profiles without one.
	 * @return profiles whose row was inserted; for the others another transaction did
	 */
	public Set<ProfileId> insert(TenantId tenant, List<StateRow> rows) {
		return bindRows(this.jdbc.sql("""
				insert into feature.profile_state (profile_id, state, stage, next_stage_at, tenant_id)
				select fresh.*, ?
				  from unnest(?, ?, ?, ?) fresh (profile_id, state, stage, next_stage_at)
				    on conflict do nothing
				returning profile_id
				"""), tenant, rows).query((row, number) -> new ProfileId(row.getObject(1, UUID.class))).set();
	}

	/** Updates rows that the caller has locked. */
	public void update(TenantId tenant, List<StateRow> rows) {
		bindRows(this.jdbc.sql("""
				update feature.profile_state stored
				   set state = changed.state, stage = changed.stage, next_stage_at = changed.next_stage_at
				  from (select ? tenant_id) owner,
				       unnest(?, ?, ?, ?) changed (profile_id, state, stage, next_stage_at)
				 where stored.tenant_id = owner.tenant_id and stored.profile_id = changed.profile_id
				"""), tenant, rows).update();
	}

	/** Deletes rows that the caller has locked, and returns their states. */
	public Map<ProfileId, byte[]> remove(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, byte[]> removed = new HashMap<>();
		this.jdbc.sql("""
				delete from feature.profile_state
				 where tenant_id = ? and profile_id = any (?)
				returning profile_id, state
				""").param(tenant.value()).param(SqlArray.uuids(profiles, ProfileId::value)).query((row) -> {
			removed.put(new ProfileId(row.getObject(1, UUID.class)), row.getBytes(2));
		});
		return removed;
	}

	/** Locks rows whose stage is due to change; rows locked by others are skipped. */
	public List<DueState> lockDue(Instant now, int limit) {
		return this.jdbc.sql("""
				select profile_id, state, stage, next_stage_at, tenant_id
				  from feature.profile_state
				 where next_stage_at <= ?
				 order by next_stage_at
				 limit ?
				   for no key update skip locked
				""")
			.params(SqlTime.of(now), limit)
			.query((row, number) -> new DueState(new TenantId(row.getString("tenant_id")), row(row, number)))
			.list();
	}

	private static StateRow row(ResultSet row, int number) throws SQLException {
		return new StateRow(new ProfileId(row.getObject("profile_id", UUID.class)), row.getBytes("state"),
				LifecycleStage.valueOf(row.getString("stage")), SqlTime.readNullable(row, "next_stage_at"));
	}

	private static JdbcClient.StatementSpec bindRows(JdbcClient.StatementSpec statement, TenantId tenant,
			List<StateRow> rows) {
		return statement.param(tenant.value())
			.param(SqlArray.uuids(rows, (row) -> row.profile().value()))
			.param(SqlArray.bytes(rows, StateRow::state))
			.param(SqlArray.texts(rows, (row) -> row.stage().name()))
			.param(SqlArray.times(rows, StateRow::nextStageAt));
	}

}
