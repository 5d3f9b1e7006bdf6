package io.waypost.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.util.FileSystemUtils;

/**
 * The embedded PostgreSQL server: a process of its own on a data directory that is kept
 * between starts. It listens on a random port of the loopback interface. Its password is
 * in a file that only the owner of the directory can read. {@code pg_ctl} starts the
 * server in its own session, so that Ctrl-C in a terminal reaches only Waypost, which
 * stops the server last.
 */
public final class PostgresServer implements AutoCloseable {

	/** Superuser that owns the tables. Only migrations use it. */
	public static final String OWNER = "waypost";

	/** Role of the application, which row-level security binds. */
	public static final String USER = "waypost_app";

	private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

	private static final String PID_FILE = "postmaster.pid";

	/**
	 * Durable settings, sized for a laptop or a small server. Generic plans, because the
	 * statements are as good for one row as for many. No compression of full-page images,
	 * because processors are scarcer here than disk. Terse errors keep key values, which
	 * may be personal data, out of the server's log.
	 */
	private static final List<String> SETTINGS = List.of("listen_addresses=127.0.0.1", "unix_socket_directories=",
			"fsync=on", "synchronous_commit=on", "shared_buffers=512MB", "max_connections=60", "max_wal_size=2GB",
			"checkpoint_timeout=15min", "wal_compression=off", "random_page_cost=1.1", "jit=off",
			"plan_cache_mode=force_generic_plan", "timezone=UTC", "log_timezone=UTC", "logging_collector=on",
			"log_directory=../log", "log_filename=postgresql-%a.log", "log_truncate_on_rotation=on",
			"log_rotation_age=1d", "log_rotation_size=0", "log_checkpoints=off", "log_error_verbosity=terse");

	private final DataDirectory directory;

	private final PostgresCommand command;

	private final Path cluster;

	private final String ownerPassword;

	private final String password;

	private final int port;

	private final PostgresWatchdog watch;

	private PostgresServer(DataDirectory directory) throws IOException {
		this.directory = directory;
		Path home = Files.createDirectories(directory.resolve("postgresql"));
		this.cluster = home.resolve("17");
		this.command = new PostgresCommand(PostgresBinaries.unpack(home), home.resolve("command.log"));
		this.ownerPassword = password(home.resolve("password"));
		this.password = password(home.resolve("application-password"));
		createClusterIfMissing(home);
		stopOrphan();
		this.port = freePort();
		launch();
		createApplicationRole();
		this.watch = new PostgresWatchdog(this::isRunning, this::restart);
	}

	/**
	 * Starts the server. Creates the database cluster on the first start.
	 * @param directory the data directory
	 * @return the running server
	 * @throws DataDirectoryInUseException when another process has locked the directory
	 */
	public static PostgresServer start(Path directory) {
		DataDirectory locked = DataDirectory.open(directory);
		try {
			return new PostgresServer(locked);
		}
		catch (IOException ex) {
			locked.close();
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(this.port);
	}

	/** Returns the password of {@link #USER}. */
	public String password() {
		return this.password;
	}

	/** Returns the password of {@link #OWNER}. */
	public String ownerPassword() {
		return this.ownerPassword;
	}

	@Override
	public void close() {
		this.watch.close();
		try {
			this.command.run("pg_ctl", "stop", "-D", this.cluster.toString(), "-m", "fast", "-w", "-t", "120");
			log.info("PostgreSQL stopped; data directory: {}", this.cluster);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.directory.close();
		}
	}

	/**
	 * Creates the cluster in a temporary directory and renames it, so that an incomplete
	 * cluster is never used.
	 */
	private void createClusterIfMissing(Path home) throws IOException {
		if (Files.exists(this.cluster)) {
			return;
		}
		log.info("Creating the database in {}", this.cluster);
		Path unfinished = home.resolve("creating");
		FileSystemUtils.deleteRecursively(unfinished);
		this.command.run("initdb", "-D", unfinished.toString(), "-U", OWNER, "-A", "scram-sha-256", "--pwfile",
				home.resolve("password").toString(), "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
				"--builtin-locale=C.UTF-8", "--data-checksums");
		Files.move(unfinished, this.cluster, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Creates the application's role, also for a database of an earlier version. */
	private void createApplicationRole() {
		try (Connection owner = DriverManager.getConnection(url(), OWNER, this.ownerPassword);
				Statement statement = owner.createStatement()) {
			statement.execute("""
					do $$ begin
						if not exists (select from pg_roles where rolname = '%1$s') then
							create role %1$s login;
						end if;
					end $$;
					alter role %1$s password '%2$s'
					""".formatted(USER, this.password));
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Role of the application", null, ex);
		}
	}

	/**
	 * Stops a server that is still running after its Waypost process was killed. This
	 * process holds the lock of the directory, so no other process uses the server. If
	 * the process id in the PID file belongs to another program, PostgreSQL would refuse
	 * to start; the file is deleted. PostgreSQL handles all other stale files.
	 */
	private void stopOrphan() throws IOException {
		Path pidFile = this.cluster.resolve(PID_FILE);
		if (!Files.exists(pidFile)) {
			return;
		}
		Optional<ProcessHandle> owner = owner(pidFile);
		if (owner.isEmpty()) {
			log.info("The database was not shut down cleanly; PostgreSQL will recover it");
		}
		else if (isPostgresOfThisCluster(owner.get())) {
			log.info("Stopping PostgreSQL process {} of an earlier Waypost process", owner.get().pid());
			this.command.run("pg_ctl", "stop", "-D", this.cluster.toString(), "-m", "fast", "-w", "-t", "120");
		}
		else {
			Files.delete(pidFile);
		}
	}

	private void restart() {
		try {
			stopOrphan();
			launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isRunning() {
		Path pidFile = this.cluster.resolve(PID_FILE);
		try {
			return Files.exists(pidFile) && owner(pidFile).filter(this::isPostgresOfThisCluster).isPresent();
		}
		catch (IOException removedMeanwhile) {
			return false;
		}
	}

	private static Optional<ProcessHandle> owner(Path pidFile) throws IOException {
		return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().trim()))
			.filter(ProcessHandle::isAlive);
	}

	private boolean isPostgresOfThisCluster(ProcessHandle process) {
		boolean postgres = process.info().command().filter((program) -> program.endsWith("postgres")).isPresent();
		return postgres && process.info()
			.arguments()
			.map((arguments) -> List.of(arguments).contains(this.cluster.toString()))
			.orElse(true);
	}

	private void launch() throws IOException {
		log.info("Starting PostgreSQL");
		Path logs = Files.createDirectories(this.cluster.resolveSibling("log"));
		String options = SETTINGS.stream()
			.map((setting) -> "-c " + setting)
			.collect(Collectors.joining(" ", "-p " + this.port + " ", ""));
		this.command.run("pg_ctl", "start", "-D", this.cluster.toString(), "-o", options, "-l",
				logs.resolve("start.log").toString(), "-w", "-t", "120");
		log.info("PostgreSQL is ready on 127.0.0.1:{}", this.port);
	}

	private static String password(Path file) throws IOException {
		if (!Files.exists(file)) {
			byte[] secret = new byte[24];
			new SecureRandom().nextBytes(secret);
			Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
			Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
			Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
		}
		return Files.readString(file);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
