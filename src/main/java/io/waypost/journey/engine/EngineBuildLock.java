package io.waypost.journey.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time build its engine. The engine looks for its tables and makes
 * them without asking whether somebody else is at it: of two nodes that start together on
 * an empty database one would fail. The lock goes with the connection, so a node that
 * dies here does not keep the others out.
 * <p>
 * It waits inside the database and ends in another callback than it began in, where the
 * sample's turn encloses its work and can be called off; what both share is a connection.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineBuildLock extends AbstractProcessEnginePlugin {

	private static final String LOCK = "select pg_advisory_xact_lock(hashtext('journey.engine'))";

	private final DataSource dataSource;

	private @Nullable Connection turn;

	EngineBuildLock(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public void preInit(ProcessEngineConfigurationImpl engine) {
		try {
			Connection connection = this.dataSource.getConnection();
			this.turn = connection;
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute(LOCK);
			}
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Waiting for other nodes to build their engine", LOCK, ex);
		}
	}

	@Override
	public void postProcessEngineBuild(ProcessEngine engine) {
		try (Connection connection = this.turn) {
			if (connection != null) {
				connection.rollback();
			}
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Letting other nodes build their engine", LOCK, ex);
		}
		this.turn = null;
	}

}
