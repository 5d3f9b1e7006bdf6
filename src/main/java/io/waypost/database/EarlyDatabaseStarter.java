package io.waypost.database;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.waypost.database.embedded.DatabaseSettings;
import io.waypost.database.embedded.PostgresServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the embedded PostgreSQL as soon as all settings are known, beside the
 * preparation of the context. The bean in {@code EmbeddedDatabaseConfiguration} takes the
 * running server, and from then on stops it. If the start fails earlier, it is stopped
 * here.
 */
public final class EarlyDatabaseStarter implements ApplicationListener<SpringApplicationEvent> {

	private static final Logger log = LoggerFactory.getLogger(EarlyDatabaseStarter.class);

	private @Nullable Start start;

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (event instanceof ApplicationContextInitializedEvent initialized) {
			if (isWanted(initialized)) {
				begin(initialized.getApplicationContext());
			}
		}
		else if (event instanceof ApplicationFailedEvent && this.start != null) {
			this.start.abandon();
		}
	}

	private static boolean isWanted(ApplicationContextInitializedEvent initialized) {
		return initialized.getSpringApplication().getWebApplicationType() == WebApplicationType.SERVLET
				&& !initialized.getApplicationContext().getEnvironment().containsProperty("spring.datasource.url");
	}

	private void begin(ConfigurableApplicationContext context) {
		DatabaseSettings settings = Binder.get(context.getEnvironment())
			.bindOrCreate("waypost", DatabaseSettings.class);
		Start begun = new Start(settings.dataDir());
		this.start = begun;
		SpringApplication.getShutdownHandlers().add(begun::abandon);
		context.getBeanFactory().registerSingleton(Start.class.getName(), begun);
	}

	/** A start under way. */
	public static final class Start {

		private final FutureTask<PostgresServer> task;

		private boolean taken;

		private Start(Path directory) {
			this.task = new FutureTask<>(() -> start(directory));
			Thread.ofPlatform().name("postgres-start").daemon().start(this.task);
		}

		/** The first connection loads the driver and derives the key of the password. */
		private static PostgresServer start(Path directory) {
			PostgresServer server = PostgresServer.start(directory);
			try {
				DriverManager.getConnection(server.url(), PostgresServer.USER, server.password()).close();
			}
			catch (SQLException ex) {
				log.debug("The first connection failed; the pool tries again", ex);
			}
			return server;
		}

		/**
		 * Waits for the server. The caller closes it.
		 * @throws DataDirectoryInUseException when another process has the directory
		 */
		public synchronized PostgresServer take() {
			this.taken = true;
			return await();
		}

		/** Stops the server unless it was taken. */
		synchronized void abandon() {
			if (!this.taken) {
				this.taken = true;
				try {
					await().close();
				}
				catch (RuntimeException neverStarted) {
					log.debug("There is no server to stop", neverStarted);
				}
			}
		}

		private PostgresServer await() {
			try {
				return this.task.get();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while PostgreSQL was started", ex);
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof RuntimeException known) ? known
						: new IllegalStateException("PostgreSQL could not be started", ex.getCause());
			}
		}

	}

}
