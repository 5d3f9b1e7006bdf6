package io.waypost;

import java.nio.file.Path;
import java.util.List;

import io.waypost.access.PublicUrl;
import io.waypost.access.UserRepository;
import io.waypost.access.command.AdminCommandLine;
import io.waypost.database.RunningDatabase;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A small context for the command line: database, ledger and accounts, without web server
 * and engine. It also works while Waypost is running. The class has no
 * {@code @Configuration}, so that the scan of the application does not find it.
 */
@Import({ RuntimeConfiguration.class, PublicUrl.class, UserRepository.class })
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, JacksonAutoConfiguration.class,
		DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
		DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
		FlywayAutoConfiguration.class })
@ComponentScan(
		basePackages = { "io.waypost.access.tenant", "io.waypost.access.user", "io.waypost.access.key",
				"io.waypost.access.secret", "io.waypost.access.command", "io.waypost.identity.vault",
				"io.waypost.identity.masterkey", "io.waypost.delivery.tracking", "io.waypost.delivery.restore",
				"io.waypost.delivery.store", "io.waypost.database", "io.waypost.ledger" },
		nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
		excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*(Controller|InitialAccounts)"))
class AdminApplication {

	private static final String[] QUIET = { "--logging.level.io.waypost=warn",
			"--logging.level.org.flywaydb.core.internal.command.DbMigrate=warn" };

	/**
	 * Runs one command.
	 * @param arguments what follows {@code admin}
	 * @return exit code
	 */
	static int run(List<String> arguments) {
		if (arguments.isEmpty() || arguments.contains("--help")) {
			System.out.println(AdminCommandLine.USAGE);
			return arguments.isEmpty() ? 2 : 0;
		}
		SpringApplicationBuilder builder = new SpringApplicationBuilder(AdminApplication.class)
			.web(WebApplicationType.NONE)
			.initializers(AdminApplication::connectToRunningDatabase)
			.logStartupInfo(false)
			.lazyInitialization(true);
		try (ConfigurableApplicationContext context = builder.run(QUIET)) {
			return context.getBean(AdminCommandLine.class).run(arguments, System.out, System.err);
		}
	}

	/** The embedded database may belong to a Waypost process that is running. */
	private static void connectToRunningDatabase(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (!environment.containsProperty("spring.datasource.url")) {
			Path directory = Path.of(environment.getRequiredProperty("waypost.data-dir"));
			RunningDatabase.find(directory)
				.ifPresent((settings) -> environment.getPropertySources()
					.addFirst(new MapPropertySource("runningDatabase", settings)));
		}
	}

}
