package io.waypost.delivery.esp;

import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract of every provider adapter. The adapter's test supplies a fake provider whose
 * behaviour it controls.
 */
public interface EspContract {

	/** Returns the adapter with a provider that accepts every message. */
	Esp working();

	/** Returns the adapter with a provider that is not reachable. */
	Esp unreachable();

	/**
	 * Returns the adapter with a provider that accepts the message and does not answer.
	 */
	Esp silent();

	/** Returns how many messages the provider received since the test started. */
	int offered();

	@Test
	default void acceptsWithOneRequest() {
		assertThat(working().submit(email())).isInstanceOf(SubmitOutcome.Accepted.class);
		assertThat(offered()).isEqualTo(1);
	}

	@Test
	default void refusesWhatWasNeverSent() {
		assertThat(unreachable().submit(email())).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
				(refused) -> assertThat(refused.reason()).startsWith("esp."));
	}

	@Test
	default void reportsAnUnknownOutcomeWhenTheAnswerIsLost() {
		assertThat(silent().submit(email())).isInstanceOf(SubmitOutcome.Unknown.class);
		assertThat(offered()).as("without a retry").isEqualTo(1);
	}

	@Test
	default void showsNoAddressInItsText() {
		assertThat(email().toString()).doesNotContain("ada@example.com");
	}

	static OutboundEmail email() {
		return email("ada@example.com");
	}

	static OutboundEmail email(String to) {
		return new OutboundEmail(new TenantId("shop"),
				new SendId(UUID.fromString("019aa000-0000-7000-8000-000000000001")),
				new ProfileId(UUID.fromString("019aa000-0000-7000-8000-000000000002")), "Ünï Shop",
				new EmailAddress("hello@shop.example"), new EmailAddress(to), "Grüße – 20 % off “today”",
				"<p>Grüße <a href=\"https://shop.example/?a=1&amp;b=2\">look</a></p>",
				"Grüße\nhttps://shop.example/?a=1&b=2", Map.of("List-Unsubscribe", "<https://mail.example.com/u/token>",
						"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
				"0".repeat(64));
	}

}
