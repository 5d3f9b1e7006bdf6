package io.waypost;

import java.nio.file.Path;
import java.time.Duration;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.testing.FirstSteps;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.WaypostProcess;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The steps of docs/install.md: from an empty database to the first e-mail. */
@Tag("engine-node")
class InstallationIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void becomesWorkingInstallationFromAnEmptyDatabase() throws Exception {
		GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		mailServer.start();
		String database = TestDatabase.emptyDatabaseUrl("installation");
		try (WaypostProcess waypost = WaypostProcess.start(this.directory, "installation",
				"--spring.datasource.url=" + database, "--waypost.admin.password=" + FirstSteps.PASSWORD,
				"--waypost.esp[0].name=mail", "--waypost.esp[0].type=smtp", "--waypost.esp[0].host=127.0.0.1",
				"--waypost.esp[0].port=" + mailServer.getSmtp().getPort())) {
			waypost.awaitReady();
			assertThat(waypost.output()).as("the next steps are in the log").contains("admin create-source");
			FirstSteps steps = new FirstSteps(waypost.address());
			String send = steps.triggerFirstMail();
			await().atMost(Duration.ofSeconds(60))
				.until(() -> mailServer.getReceivedMessages().length > 0 || steps.isOver(send));
			assertThat(mailServer.getReceivedMessages()).as(steps.get("/api/v1/sends/" + send).body()).hasSize(1);
			MimeMessage mail = mailServer.getReceivedMessages()[0];
			assertThat(mail.getSubject()).contains("Example Shop");
			assertThat(mail.getHeader("List-Unsubscribe")).isNotNull();
			assertThat(FirstSteps.field("valid", steps.get("/api/v1/ledger/verify"))).isEqualTo("true");
			assertThat(waypost.complaints()).isEmpty();
		}
		finally {
			mailServer.stop();
		}
	}

}
