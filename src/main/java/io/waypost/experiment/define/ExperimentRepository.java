package io.waypost.experiment.define;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.waypost.experiment.Experiment;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Versions of experiments. */
@Component
public class ExperimentRepository {

	private static final String COLUMNS = "definition, version, live, phase, created_by, created_at, approved_at";

	private final JdbcClient jdbc;

	public ExperimentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Keeps two writers of one experiment, or of one layer, from passing each other. */
	public void lock(TenantId tenant, String kind, String name) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('experiment.' || ?), hashtext(?))")
			.params(kind, tenant.value() + '/' + name)
			.query((row) -> {
			});
	}

	public Experiment insert(TenantId tenant, String actor, ExperimentDefinition definition, Instant now) {
		return this.jdbc.sql("""
				insert into experiment.experiment (tenant_id, key, version, definition, created_by, created_at)
				select :tenant, :key, coalesce(max(version), 0) + 1, :definition::jsonb, :actor, :now
				  from experiment.experiment where tenant_id = :tenant and key = :key
				returning\s""" + COLUMNS)
			.param("tenant", tenant.value())
			.param("key", definition.key())
			.param("definition", ExperimentJson.write(definition))
			.param("actor", actor)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(ExperimentRepository::experiment)
			.single();
	}

	public Optional<Experiment> find(TenantId tenant, String key, int version) {
		return this.jdbc
			.sql("select " + COLUMNS + " from experiment.experiment where tenant_id = ? and key = ? and version = ?")
			.params(tenant.value(), key, version)
			.query(ExperimentRepository::experiment)
			.optional();
	}

	/** The live version, else the newest. */
	public Optional<Experiment> find(TenantId tenant, String key) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from experiment.experiment where tenant_id = ? and key = ?
				order by live desc, version desc limit 1""")
			.params(tenant.value(), key)
			.query(ExperimentRepository::experiment)
			.optional();
	}

	public List<Experiment> list(TenantId tenant, String afterKey, int afterVersion, int limit) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from experiment.experiment
				where tenant_id = ? and (key > ? or (key = ? and version < ?))
				order by key, version desc limit ?""")
			.params(tenant.value(), afterKey, afterKey, afterVersion, limit)
			.query(ExperimentRepository::experiment)
			.list();
	}

	public void makeLive(TenantId tenant, String actor, Experiment version, int phase, Instant now) {
		String key = version.definition().key();
		this.jdbc.sql("update experiment.experiment set live = false where tenant_id = ? and key = ? and live")
			.params(tenant.value(), key)
			.update();
		this.jdbc.sql("""
				update experiment.experiment set live = true, phase = ?, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ?""")
			.params(phase, actor, now.atOffset(ZoneOffset.UTC), tenant.value(), key, version.version())
			.update();
	}

	private static Experiment experiment(ResultSet row, int number) throws SQLException {
		Timestamp approvedAt = row.getTimestamp("approved_at");
		return new Experiment(ExperimentJson.read(row.getString("definition")), row.getInt("version"),
				row.getBoolean("live"), row.getObject("phase", Integer.class), row.getString("created_by"),
				row.getTimestamp("created_at").toInstant(), (approvedAt != null) ? approvedAt.toInstant() : null);
	}

}
