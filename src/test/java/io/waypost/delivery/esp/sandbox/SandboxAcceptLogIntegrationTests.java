package io.waypost.delivery.esp.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SandboxAcceptLogIntegrationTests {

	private final TenantId tenant = TestDatabase.newTenant();

	private final JdbcClient jdbc = TestDatabase.migrated().client();

	private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");

	private final IdGenerator ids = new UuidV7Generator(this.clock, RandomGenerator.getDefault());

	private final SandboxEsp sandbox = new SandboxEsp(settings("accept-log"), null,
			new SandboxAcceptLog(this.jdbc, this.ids, this.clock), (email) -> List.of());

	@Test
	void storesTheAcceptanceWithoutContent() {
		OutboundEmail email = email("ada@example.com");
		SubmitOutcome answer = this.sandbox.submit(email);
		assertThat(answer).isInstanceOf(SubmitOutcome.Accepted.class);
		assertThat(this.jdbc.sql("""
				select send_id::text, provider_id, encode(content_hash, 'hex') as hash from delivery.sandbox_acceptance
				where tenant_id = ?
				""").param(this.tenant.value()).query().singleRow())
			.isEqualTo(Map.of("send_id", email.send().toString(), "provider_id",
					((SubmitOutcome.Accepted) answer).providerId(), "hash", email.contentHash()));
		assertThat(this.jdbc.sql("select count(*) from delivery.sandbox_event where tenant_id = ?")
			.param(this.tenant.value())
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void answersByLocalPartInTheOrderOfTheMessages() {
		List<SubmitOutcome> answers = this.sandbox
			.submitAll(List.of(email("a@example.com"), email("refuse+b@example.com"), email("unknown+c@example.com")));
		assertThat(answers.getFirst()).isInstanceOf(SubmitOutcome.Accepted.class);
		assertThat(answers.subList(1, 3)).containsExactly(new SubmitOutcome.Refused("scripted", null),
				new SubmitOutcome.Unknown("scripted"));
		assertThat(this.jdbc.sql("select count(*) from delivery.sandbox_acceptance where tenant_id = ?")
			.param(this.tenant.value())
			.query(Integer.class)
			.single()).as("a message with a lost answer was accepted").isEqualTo(2);
	}

	@Test
	void refusesUnknownValuesOfKeep() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings("nothing"))
			.withMessageContaining("messages or accept-log");
	}

	private OutboundEmail email(String to) {
		return new OutboundEmail(this.tenant, new SendId(this.ids.next()), new ProfileId(this.ids.next()), "Shop",
				new EmailAddress("hello@shop.example"), new EmailAddress(to), "Hello", "<p>Hello</p>", "Hello",
				Map.of(), "ab".repeat(32));
	}

	private static EspSettings settings(String keep) {
		return new EspSettings("sandbox", "sandbox", null, null, "localhost", 25, null, null, false, null, 0,
				Duration.ofSeconds(1), Duration.ZERO, keep);
	}

}
