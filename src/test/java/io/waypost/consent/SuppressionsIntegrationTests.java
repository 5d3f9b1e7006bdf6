package io.waypost.consent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.waypost.identity.AddressHash;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.Page;
import io.waypost.ledger.Entry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SuppressionsIntegrationTests {

	private final ConsentRoom room = new ConsentRoom();

	@Test
	void keepsTheFirstReasonAndSaysSoOnce() {
		AddressHash anna = hash("anna@example.com");
		suppress(anna, SuppressionReason.COMPLAINT);
		suppress(anna, SuppressionReason.MANUAL);
		assertThat(this.room.suppressions.lookup(this.room.tenant, List.of(anna, hash("ben@example.com")))).hasSize(1)
			.containsEntry(anna, SuppressionReason.COMPLAINT);
		assertThat(this.room.ledger).singleElement().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo("suppression.added");
			assertThat(entry.subject()).isEqualTo("address:" + anna.hex().substring(0, 12));
		});
		assertThat(this.room.ledger).extracting(Entry::facts).asString().doesNotContain(anna.hex());
	}

	@Test
	void countsTwoSpellingsAsOneMailbox() {
		suppress(hash("Anna@Example.com"), SuppressionReason.HARD_BOUNCE);
		assertThat(this.room.suppressions.find(this.room.tenant, hash("anna@EXAMPLE.com"))).isPresent();
	}

	@Test
	void pagesThroughTheListNewestFirst() {
		List<AddressHash> added = new ArrayList<>();
		for (int number = 0; number < 7; number++) {
			added.addFirst(hash("p%d@example.com".formatted(number)));
			suppress(added.getFirst(), SuppressionReason.MANUAL);
			this.room.clock.advance(Duration.ofMillis(1));
		}
		List<AddressHash> listed = new ArrayList<>();
		String cursor = null;
		do {
			Page<Suppression> page = this.room.suppressions.list(this.room.tenant, 3, cursor);
			page.items().forEach((suppression) -> listed.add(suppression.address()));
			cursor = page.nextCursor();
		}
		while (cursor != null);
		assertThat(listed).containsExactlyElementsOf(added);
	}

	@Test
	void refusesACursorOfAnotherList() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.room.suppressions.list(this.room.tenant, 3, "somewhere"));
	}

	private AddressHash hash(String email) {
		return this.room.hash(EmailAddress.parse(email).orElseThrow());
	}

	private void suppress(AddressHash address, SuppressionReason reason) {
		this.room.suppressions.suppress(this.room.tenant, address, reason, "system");
	}

}
