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
 * What every provider adapter must keep. The stage is the adapter's own: a fake of its
 * provider that can be told how to behave.
 */
public interface EspContract {

	/** The adapter under test, with a provider that takes everything. */
	Esp working();

	/** The adapter with nobody at the other end. */
	Esp unreachable();

	/** The adapter with a provider that takes the message and then says nothing. */
	Esp silent();

	/** How many messages the provider was offered since the test began. */
	int offered();

	@Test
	default void acceptsWithOneRequest() {
		assertThat(working().submit(email())).isInstanceOf(SubmitOutcome.Accepted.class);
		assertThat(offered()).isEqualTo(1);
	}

	@Test
	default void refusesWhatNeverLeftTheHouse() {
		assertThat(unreachable().submit(email())).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
				(refused) -> assertThat(refused.reason()).startsWith("esp."));
	}

	@Test
	default void doesNotGuessWhenTheAnswerIsLost() {
		assertThat(silent().submit(email())).isInstanceOf(SubmitOutcome.Unknown.class);
		assertThat(offered()).as("and asks only once").isEqualTo(1);
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
