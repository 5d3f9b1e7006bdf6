package io.waypost.audience.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to segments. */
@Component
public class SegmentRepository {

	private static final String COLUMNS = """
			name, version, description, owner, definition, live, approved_by, approved_at, created_by, created_at,
			(select retired_at from audience.segment_retirement retirement
				where retirement.tenant_id = segment.tenant_id and retirement.name = segment.name) as retired_at
			""";

	private final JdbcClient jdbc;

	public SegmentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Adds a version. The caller holds the lock on the tenant's segments. */
	public Segment add(TenantId tenant, String actor, SegmentDraft draft, Instant now) {
		return this.jdbc
			.sql("""
					insert into audience.segment (tenant_id, name, version, description, owner, definition, created_by, created_at)
					select :tenant, :name, coalesce(max(version), 0) + 1, :description, :owner, :definition, :actor, :now
					from audience.segment where tenant_id = :tenant and name = :name
					returning\s"""
					+ COLUMNS)
			.param("tenant", tenant.value())
			.param("name", draft.name())
			.param("description", draft.description())
			.param("owner", draft.owner())
			.param("definition", draft.definition())
			.param("actor", actor)
			.param("now", SqlTime.of(now))
			.query(SegmentRepository::segment)
			.single();
	}

	/**
	 * Makes a version live in place of the current one and ends the segment's retirement.
	 * The approval of a version that is live already is not changed.
	 */
	public void approve(TenantId tenant, String actor, String name, int version, Instant now) {
		this.jdbc.sql("""
				update audience.segment set live = false
				where tenant_id = ? and name = ? and live and version <> ?
				""").params(tenant.value(), name, version).update();
		this.jdbc.sql("""
				update audience.segment set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and name = ? and version = ? and not live
				""").params(actor, SqlTime.of(now), tenant.value(), name, version).update();
		this.jdbc.sql("delete from audience.segment_retirement where tenant_id = ? and name = ?")
			.params(tenant.value(), name)
			.update();
	}

	public void retire(TenantId tenant, String actor, String name, Instant now) {
		this.jdbc.sql("""
				insert into audience.segment_retirement (tenant_id, name, retired_by, retired_at) values (?, ?, ?, ?)
				""").params(tenant.value(), name, actor, SqlTime.of(now)).update();
	}

	/** Finds the live version of each name, or the newest if none is live. */
	public List<Segment> find(TenantId tenant, Collection<String> names) {
		return this.jdbc.sql("select distinct on (name) " + COLUMNS + """
				 from audience.segment
				where tenant_id = ? and name = any (?)
				order by name, live desc, version desc
				""").params(tenant.value(), SqlArray.texts(names)).query(SegmentRepository::segment).list();
	}

	/** Lists the live versions of segments that are not retired, by name. */
	public List<Segment> usable(TenantId tenant) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from audience.segment
				where tenant_id = ? and live
				  and name not in (select name from audience.segment_retirement where tenant_id = ?)
				order by name
				""").params(tenant.value(), tenant.value()).query(SegmentRepository::segment).list();
	}

	/** Lists the versions of a segment, newest first. */
	public List<Segment> versions(TenantId tenant, String name) {
		return this.jdbc
			.sql("select " + COLUMNS
					+ " from audience.segment where tenant_id = ? and name = ? order by version desc limit 500")
			.params(tenant.value(), name)
			.query(SegmentRepository::segment)
			.list();
	}

	/** Lists versions by name, newest first within a name, after the given position. */
	public List<Segment> list(TenantId tenant, String afterName, int afterVersion, int limit) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from audience.segment
				where tenant_id = ? and (name > ? or (name = ? and version < ?))
				order by name, version desc limit ?
				""")
			.params(tenant.value(), afterName, afterName, afterVersion, limit)
			.query(SegmentRepository::segment)
			.list();
	}

	List<String> names(TenantId tenant) {
		return this.jdbc.sql("select distinct name from audience.segment where tenant_id = ?")
			.param(tenant.value())
			.query(String.class)
			.list();
	}

	private static Segment segment(ResultSet row, int number) throws SQLException {
		return new Segment(row.getString("name"), row.getInt("version"), row.getString("description"),
				row.getString("owner"), row.getString("definition"), row.getBoolean("live"),
				row.getString("approved_by"), SqlTime.readNullable(row, "approved_at"), row.getString("created_by"),
				SqlTime.read(row, "created_at"), SqlTime.readNullable(row, "retired_at"));
	}

}
