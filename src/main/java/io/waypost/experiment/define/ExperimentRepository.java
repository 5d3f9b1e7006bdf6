package io.waypost.experiment.define;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.experiment.Experiment;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the versions of experiments. */
@Component
public class ExperimentRepository {

	private static final String COLUMNS = """
			definition, version, live, phase, created_by, created_at, approved_by, approved_at""";

	private final JdbcClient jdbc;

	private final JsonColumn json;

	public ExperimentRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** Adds a version. The caller holds the lock on the experiment. */
	public Experiment insert(TenantId tenant, String actor, ExperimentDefinition definition, Instant now) {
		return this.jdbc.sql("""
				insert into experiment.experiment (tenant_id, key, version, definition, created_by, created_at)
				select :tenant, :key, coalesce(max(version), 0) + 1, :definition::jsonb, :actor, :now
				  from experiment.experiment where tenant_id = :tenant and key = :key
				returning\s""" + COLUMNS)
			.param("tenant", tenant.value())
			.param("key", definition.key())
			.param("definition", this.json.write(definition))
			.param("actor", actor)
			.param("now", SqlTime.of(now))
			.query(this::experiment)
			.single();
	}

	/** Finds one version. */
	public Optional<Experiment> find(TenantId tenant, String key, int version) {
		return this.jdbc
			.sql("select " + COLUMNS + " from experiment.experiment where tenant_id = ? and key = ? and version = ?")
			.params(tenant.value(), key, version)
			.query(this::experiment)
			.optional();
	}

	/** Finds the live version, or the newest if none is live. */
	public Optional<Experiment> find(TenantId tenant, String key) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from experiment.experiment where tenant_id = ? and key = ?
				order by live desc, version desc limit 1""")
			.params(tenant.value(), key)
			.query(this::experiment)
			.optional();
	}

	/** Lists versions by key, newest first within a key, after the given position. */
	public List<Experiment> list(TenantId tenant, String afterKey, int afterVersion, int limit) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from experiment.experiment
				where tenant_id = ? and (key > ? or (key = ? and version < ?))
				order by key, version desc limit ?""")
			.params(tenant.value(), afterKey, afterKey, afterVersion, limit)
			.query(this::experiment)
			.list();
	}

	/** Makes one version live in place of the current one. */
	public void makeLive(TenantId tenant, String actor, Experiment version, int phase, Instant now) {
		String key = version.definition().key();
		this.jdbc.sql("update experiment.experiment set live = false where tenant_id = ? and key = ? and live")
			.params(tenant.value(), key)
			.update();
		this.jdbc.sql("""
				update experiment.experiment set live = true, phase = ?, approved_by = ?, approved_at = ?
				where tenant_id = ? and key = ? and version = ?""")
			.params(phase, actor, SqlTime.of(now), tenant.value(), key, version.version())
			.update();
	}

	private Experiment experiment(ResultSet row, int number) throws SQLException {
		return new Experiment(this.json.read(row.getString("definition"), ExperimentDefinition.class),
				row.getInt("version"), row.getBoolean("live"), row.getObject("phase", Integer.class),
				row.getString("created_by"), SqlTime.read(row, "created_at"), row.getString("approved_by"),
				SqlTime.readNullable(row, "approved_at"));
	}

}
