package io.waypost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.waypost.WaypostApplication;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.database.TenantScope;
import io.waypost.database.embedded.PostgresServer;
import io.waypost.kernel.TenantId;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The application on its embedded PostgreSQL in a directory of its own, with fsync and
 * synchronous_commit enabled, without the sample workspace.
 */
public final class BenchmarkApplication implements AutoCloseable {

	/** Tenant of the benchmarks. */
	public static final TenantId TENANT = new TenantId("bench");

	/** Key for {@code /v1/**}. */
	public static final String WRITE_KEY = "bench-write-key";

	/** Token for {@code /api/v1/**} with every role. */
	public static final String TOKEN = "bench-token";

	private final Path data;

	private final ConfigurableApplicationContext context;

	/** Benchmarks read the tables of all tenants. */
	private final TenantScope scope = TenantScope.openAll();

	private final SingleConnectionDataSource owner;

	private BenchmarkApplication(Path data, ConfigurableApplicationContext context) {
		this.data = data;
		this.context = context;
		PostgresServer server = context.getBean(PostgresServer.class);
		this.owner = new SingleConnectionDataSource(server.url(), PostgresServer.OWNER, server.ownerPassword(), true);
	}

	/**
	 * Starts the application.
	 * @param properties additional properties, {@code name=value}
	 * @return the running application
	 */
	public static BenchmarkApplication start(String... properties) throws IOException {
		Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "data");
		List<String> arguments = new ArrayList<>(List.of(properties));
		Map.of("server.port", "0", "waypost.sample", "false", "waypost.data-dir", data.toAbsolutePath().toString(),
				"waypost.admin.password", "bench-password", "waypost.ingestion.requests-per-second", "1000000",
				"waypost.ingestion.burst", "1000000", "waypost.rate-limit.event-requests-per-second", "1000000",
				"waypost.rate-limit.api-requests-per-second", "1000000", "waypost.rate-limit.caller-requests-per-second", "1000000")
			.forEach((name, value) -> arguments.add(name + "=" + value));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(WaypostApplication.class)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
		AccountProvisioner accounts = context.getBean(AccountProvisioner.class);
		accounts.createTenant(TENANT);
		accounts.createSource(new Source(TENANT, "bench"), WRITE_KEY);
		accounts.createApiToken(new Caller(TENANT, "bench", EnumSet.allOf(Role.class)), "bench", TOKEN);
		return new BenchmarkApplication(data, context);
	}

	/**
	 * Returns the data directory.
	 * @return an absolute path
	 */
	Path data() {
		return this.data.toAbsolutePath();
	}

	/**
	 * Returns the HTTP port.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	/**
	 * Returns a bean of the application.
	 * @param type type of the bean
	 * @param <T> type of the bean
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Returns the owner of the tables, which row-level security does not bind: for
	 * counting, COPY and VACUUM.
	 * @return statements over one connection
	 */
	public JdbcTemplate owner() {
		return new JdbcTemplate(this.owner);
	}

	@Override
	public void close() throws IOException {
		this.scope.close();
		this.owner.destroy();
		this.context.close();
		FileSystemUtils.deleteRecursively(this.data);
	}

}
