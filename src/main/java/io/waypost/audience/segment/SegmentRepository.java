package io.waypost.audience.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of segments. */
@Component
public class SegmentRepository {

	private static final String COLUMNS = """
			name, version, description, owner, definition, live, approved_by, approved_at, created_by, created_at,
			(select retired_at from audience.retirement gone
				where gone.tenant_id = segment.tenant_id and gone.name = segment.name) as retired_at
			""";

	private final JdbcClient jdbc;

	public SegmentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Lets one writer of segments at a time go on: what refers to what is judged over all
	 * of a tenant's segments.
	 */
	public void lock(TenantId tenant) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('audience.segment'), hashtext(?))")
			.param(tenant.value())
			.query((row) -> {
			});
	}

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
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(SegmentRepository::segment)
			.single();
	}

	public void approve(TenantId tenant, String actor, String name, int version, Instant now) {
		this.jdbc.sql("""
				update audience.segment set live = false
				where tenant_id = ? and name = ? and live and version <> ?
				""").params(tenant.value(), name, version).update();
		this.jdbc.sql("""
				update audience.segment set live = true, approved_by = ?, approved_at = ?
				where tenant_id = ? and name = ? and version = ?
				""").params(actor, now.atOffset(ZoneOffset.UTC), tenant.value(), name, version).update();
		this.jdbc.sql("delete from audience.retirement where tenant_id = ? and name = ?")
			.params(tenant.value(), name)
			.update();
	}

	public void retire(TenantId tenant, String actor, String name, Instant now) {
		this.jdbc.sql("""
				insert into audience.retirement (tenant_id, name, retired_by, retired_at) values (?, ?, ?, ?)
				""").params(tenant.value(), name, actor, now.atOffset(ZoneOffset.UTC)).update();
	}

	/** Of each name the live version, else the newest. */
	public List<Segment> find(TenantId tenant, Collection<String> names) {
		return this.jdbc.sql("select distinct on (name) " + COLUMNS + """
				 from audience.segment
				where tenant_id = ? and name = any (?::text[])
				order by name, live desc, version desc
				""").params(tenant.value(), names.toArray(String[]::new)).query(SegmentRepository::segment).list();
	}

	/** All versions in force of segments that are not retired, by name. */
	List<Segment> usable(TenantId tenant) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from audience.segment
				where tenant_id = ? and live and name not in (select name from audience.retirement where tenant_id = ?)
				order by name
				""").params(tenant.value(), tenant.value()).query(SegmentRepository::segment).list();
	}

	/** All versions of one name, newest first. */
	public List<Segment> versions(TenantId tenant, String name) {
		return this.jdbc
			.sql("select " + COLUMNS
					+ " from audience.segment where tenant_id = ? and name = ? order by version desc limit 500")
			.params(tenant.value(), name)
			.query(SegmentRepository::segment)
			.list();
	}

	/** Versions by name, newest first within a name, behind a place in that order. */
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
				row.getString("approved_by"), instant(row, "approved_at"), row.getString("created_by"),
				row.getTimestamp("created_at").toInstant(), instant(row, "retired_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

}
