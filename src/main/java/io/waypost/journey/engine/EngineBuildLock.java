package io.waypost.journey.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import io.waypost.database.AdvisoryLock;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time build its engine. The engine creates its tables without a lock,
 * so of two nodes that start together on an empty database one would fail. The lock
 * belongs to a connection, so a node that dies here does not block others.
 * <p>
 * The lock is taken in one callback and released in another.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineBuildLock extends AbstractProcessEnginePlugin {

	private static final String LOCK = "select pg_advisory_xact_lock(%d)".formatted(AdvisoryLock.ENGINE_START.key());

	private final DataSource dataSource;

	private @Nullable Connection connection;

	EngineBuildLock(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public void preInit(ProcessEngineConfigurationImpl engine) {
		try {
			Connection locked = this.dataSource.getConnection();
			this.connection = locked;
			locked.setAutoCommit(false);
			try (Statement statement = locked.createStatement()) {
				statement.execute(LOCK);
			}
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Cannot take the lock for building the engine", LOCK, ex);
		}
	}

	@Override
	public void postProcessEngineBuild(ProcessEngine engine) {
		try (Connection locked = this.connection) {
			if (locked != null) {
				locked.rollback();
			}
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Cannot release the lock for building the engine", LOCK, ex);
		}
		this.connection = null;
	}

}
