package io.waypost;

import java.nio.file.Path;
import java.time.Duration;

import io.waypost.testing.TestDatabase;
import io.waypost.testing.WaypostProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Starts, kills and stops the product with its embedded database. */
@Tag("engine-node")
class LifecycleIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void restartsAfterKillRefusesSecondProcessAndStopsCleanly() throws Exception {
		try (WaypostProcess first = WaypostProcess.start(this.directory, "first", "--waypost.sample=false",
				"--waypost.admin.password=first")) {
			first.awaitReady().kill();
			assertThat(first.output()).contains("Creating the database");
		}
		try (WaypostProcess second = WaypostProcess.start(this.directory, "second", "--waypost.sample=false",
				"--waypost.admin.password=second")) {
			await().atMost(Duration.ofMinutes(1))
				.until(() -> second.output().contains("of an earlier Waypost process"));
			try (WaypostProcess third = WaypostProcess.start(this.directory, "third")) {
				assertThat(third.awaitEnd()).isNotZero();
				assertThat(third.output()).contains("Another Waypost is running", "waypost.data-dir")
					.doesNotContain("\tat ");
			}
			second.awaitReady();
			assertThat(second.output()).doesNotContain("Creating the database");
			second.stop();
			assertThat(second.complaints()).as("from start to end").isEmpty();
			assertThat(second.output().strip()).as("what comes last").endsWith("postgresql/17");
		}
	}

	@Test
	void saysWhyItCannotStartWithoutAdministrator() throws Exception {
		try (WaypostProcess process = WaypostProcess.start(this.directory, "refused", "--waypost.sample=false",
				"--spring.datasource.url=" + TestDatabase.emptyDatabaseUrl("without_administrator"))) {
			assertThat(process.awaitEnd()).isNotZero();
			assertThat(process.output()).contains("WAYPOST_ADMIN_PASSWORD").doesNotContain("\tat ");
		}
	}

}
