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
import io.waypost.kernel.TenantId;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole product on its embedded PostgreSQL in a directory of its own, with fsync and
 * synchronous_commit on, as anyone starts it; only the sample workspace is left out.
 */
public final class BenchApplication implements AutoCloseable {

	/** Whose people and events. */
	public static final TenantId TENANT = new TenantId("bench");

	/** For {@code /v1/**}. */
	public static final String WRITE_KEY = "bench-write-key";

	/** For {@code /api/v1/**}, with every role. */
	public static final String TOKEN = "bench-token";

	private final Path data;

	private final ConfigurableApplicationContext context;

	private BenchApplication(Path data, ConfigurableApplicationContext context) {
		this.data = data;
		this.context = context;
	}

	/**
	 * Starts it.
	 * @param properties more settings, {@code name=value}
	 * @return the running product
	 */
	public static BenchApplication start(String... properties) throws IOException {
		Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "data");
		List<String> arguments = new ArrayList<>(List.of(properties));
		Map.of("server.port", "0", "waypost.sample", "false", "waypost.data-dir", data.toAbsolutePath().toString(),
				"waypost.admin.password", "bench-password", "waypost.ingestion.requests-per-second", "1000000",
				"waypost.ingestion.burst", "1000000")
			.forEach((name, value) -> arguments.add(name + "=" + value));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(WaypostApplication.class)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
		AccountProvisioner accounts = context.getBean(AccountProvisioner.class);
		accounts.createTenant(TENANT);
		accounts.createSource(new Source(TENANT, "bench"), WRITE_KEY);
		accounts.createApiToken(new Caller(TENANT, "bench", EnumSet.allOf(Role.class)), TOKEN);
		return new BenchApplication(data, context);
	}

	/**
	 * Where the embedded PostgreSQL keeps its files.
	 * @return an absolute path
	 */
	Path data() {
		return this.data.toAbsolutePath();
	}

	/**
	 * Where the product listens.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	/**
	 * A bean of the running product.
	 * @param type of the bean
	 * @param <T> of the bean
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() throws IOException {
		this.context.close();
		FileSystemUtils.deleteRecursively(this.data);
	}

}
