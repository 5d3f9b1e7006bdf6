package io.waypost;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.testing.FirstSteps;
import io.waypost.testing.InstalledPostgres;
import io.waypost.testing.WaypostProcess;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Backup and restore of docs/operations.md, with two database roles and keys outside the
 * database. Takes a minute, so it runs on request:
 * {@code mvn -Doperations -Dtest=BackupIntegrationTests test}.
 */
@Tag("engine-node")
@EnabledIfSystemProperty(named = "operations", matches = ".*",
		disabledReason = "Takes a minute; run it with -Doperations")
@EnabledIf(value = "isPostgresInstalled", disabledReason = "PostgreSQL is not installed: apt-get install postgresql")
class BackupIntegrationTests {

	private static final List<String> KEYS = List.of(
			"--waypost.identity.master-key="
					+ Base64.getEncoder().encodeToString("a".repeat(32).getBytes(StandardCharsets.UTF_8)),
			"--waypost.delivery.link-key=" + "link key of the test ".repeat(3));

	@TempDir
	private Path directory;

	static boolean isPostgresInstalled() {
		return InstalledPostgres.binaries().isPresent();
	}

	@Test
	void continuesOnARestoredDatabase() throws Exception {
		GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		mailServer.start();
		try (InstalledPostgres postgres = InstalledPostgres.start()) {
			postgres.sql("postgres", "create role waypost login", "create role waypost_app login",
					"create database waypost owner waypost", "create role waypost_backup login",
					"grant pg_read_all_data to waypost_backup");
			String unsubscribe = sendFirstMail(postgres, mailServer);
			backUpAndRestore(postgres);
			try (WaypostProcess waypost = start(postgres, "restored", mailServer)) {
				FirstSteps steps = new FirstSteps(waypost.address());
				assertThat(FirstSteps.field("valid", steps.get("/api/v1/ledger/verify"))).isEqualTo("true");
				assertThat(steps.get("/api/v1/profiles/ada").body()).as("direct identifiers")
					.contains("ada@mail.example");
				assertThat(status(waypost.address() + unsubscribe)).as("link of an earlier e-mail").isEqualTo(200);
				assertThat(status(waypost.address() + unsubscribe + "x")).isEqualTo(404);
				assertThat(waypost.complaints()).isEmpty();
			}
		}
		finally {
			mailServer.stop();
		}
	}

	private String sendFirstMail(InstalledPostgres postgres, GreenMail mailServer) throws Exception {
		try (WaypostProcess waypost = start(postgres, "waypost", mailServer)) {
			FirstSteps steps = new FirstSteps(waypost.address());
			String send = steps.triggerFirstMail();
			await().atMost(Duration.ofSeconds(60))
				.until(() -> mailServer.getReceivedMessages().length > 0 || steps.isOver(send));
			assertThat(mailServer.getReceivedMessages()).as(steps.get("/api/v1/sends/" + send).body()).hasSize(1);
			MimeMessage mail = mailServer.getReceivedMessages()[0];
			String link = mail.getHeader("List-Unsubscribe")[0].replaceAll("(?s).*<(http[^>]*)>.*", "$1");
			waypost.stop();
			return URI.create(link).getPath();
		}
	}

	/** The commands of docs/operations.md. */
	private void backUpAndRestore(InstalledPostgres postgres) throws Exception {
		String dump = this.directory.resolve("waypost.dump").toString();
		postgres.client(Map.of("PGOPTIONS", "-c waypost.tenant=*"), "pg_dump", "--username=waypost_backup",
				"--enable-row-security", "--format=custom", "--file=" + dump, "waypost");
		postgres.sql("postgres", "create database restored owner waypost");
		postgres.client(Map.of(), "pg_restore", "--username=postgres", "--exit-on-error", "--single-transaction",
				"--dbname=restored", dump);
	}

	private WaypostProcess start(InstalledPostgres postgres, String database, GreenMail mailServer) throws Exception {
		List<String> arguments = List.of("--spring.datasource.url=" + postgres.url(database),
				"--spring.datasource.username=waypost_app", "--spring.datasource.password=",
				"--spring.flyway.url=" + postgres.url(database), "--spring.flyway.user=waypost",
				"--spring.flyway.password=", "--waypost.admin.password=" + FirstSteps.PASSWORD,
				"--waypost.esp[0].name=mail", "--waypost.esp[0].type=smtp", "--waypost.esp[0].host=127.0.0.1",
				"--waypost.esp[0].port=" + mailServer.getSmtp().getPort());
		return WaypostProcess
			.start(this.directory, database, Stream.concat(arguments.stream(), KEYS.stream()).toArray(String[]::new))
			.awaitReady();
	}

	private static int status(String url) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
				.statusCode();
		}
	}

}
