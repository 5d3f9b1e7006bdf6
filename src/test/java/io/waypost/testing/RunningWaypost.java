package io.waypost.testing;

import java.util.ArrayList;
import java.util.List;

import io.waypost.WaypostApplication;
import io.waypost.database.TenantScope;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A Waypost of a test's own in this JVM, with the keys and people of {@link TestTenant},
 * for tests that take something away from it. Camunda keeps its engines by name and its
 * web applications once for the whole JVM: this one must not take those of the shared
 * Waypost with it when it closes.
 */
public final class RunningWaypost implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final TenantScope scope = AllTenants.open();

	private RunningWaypost(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts it on a random port.
	 * @param databaseUrl where its data is
	 * @param properties further ones, as {@code name=value}
	 * @return the running product
	 */
	public static RunningWaypost start(String databaseUrl, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--spring.datasource.url=" + databaseUrl, "--server.port=0",
				"--server.address=127.0.0.1", "--waypost.sample=false", "--waypost.data-dir=" + WaypostTestSetting.DATA,
				"--waypost.admin.password=" + TestTenant.PASSWORD, "--camunda.bpm.process-engine-name=of-its-own",
				"--camunda.bpm.webapp.enabled=false"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new RunningWaypost(new SpringApplicationBuilder(WaypostApplication.class, WaypostTestSetting.Beans.class)
			.run(arguments.toArray(String[]::new)));
	}

	/**
	 * Where it listens.
	 * @return address without a path
	 */
	public String base() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	/**
	 * Talks to it.
	 * @return a client for its address
	 */
	public TestRestTemplate http() {
		return new TestRestTemplate(new RestTemplateBuilder().rootUri(base()));
	}

	/**
	 * All its parts.
	 * @return the context they live in
	 */
	public ApplicationContext context() {
		return this.context;
	}

	/**
	 * One of its parts.
	 * @param type of the bean
	 * @return the bean
	 */
	public <T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.scope.close();
		this.context.close();
	}

}
