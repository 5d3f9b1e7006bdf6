package io.waypost.consent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.identity.AddressHash;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SuppressionsIntegrationTests {

	private final TestConsent module = new TestConsent();

	@Test
	void keepsTheFirstReasonAndRecordsItOnce() {
		AddressHash anna = hash("anna@example.com");
		suppress(anna, SuppressionReason.COMPLAINT);
		suppress(anna, SuppressionReason.MANUAL);
		assertThat(this.module.suppressions.reasons(this.module.tenant, List.of(anna, hash("ben@example.com"))))
			.hasSize(1)
			.containsEntry(anna, SuppressionReason.COMPLAINT);
		assertThat(this.module.ledger).singleElement().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo("suppression.added");
			assertThat(entry.subject()).isEqualTo("address:" + anna.hex().substring(0, 12));
		});
		assertThat(this.module.ledger).extracting(LedgerEntry::facts).asString().doesNotContain(anna.hex());
	}

	@ParameterizedTest
	@EnumSource(value = SuppressionReason.class, mode = EnumSource.Mode.EXCLUDE, names = "ERASED")
	void replacesAnErasureByAnyOtherReasonButNotViceVersa(SuppressionReason reason) {
		AddressHash anna = hash("anna@example.com");
		suppress(anna, SuppressionReason.ERASED);
		suppress(anna, reason);
		suppress(anna, SuppressionReason.ERASED);
		assertThat(this.module.suppressions.reasons(this.module.tenant, List.of(anna))).containsEntry(anna, reason);
		assertThat(this.module.ledger).extracting((entry) -> entry.facts().get("reason"))
			.containsExactly("erased", reason.name().toLowerCase(Locale.ROOT));
	}

	@ParameterizedTest
	@EnumSource(SuppressionReason.class)
	void isLiftedByANewOptInOnlyIfItsOwnerWasErased(SuppressionReason reason) {
		EmailAddress email = new EmailAddress("anna@example.com");
		AddressHash anna = hash(email.value());
		suppress(anna, reason);
		this.module.clock.advance(Duration.ofMinutes(5));
		ProfileId returned = this.module.person(email);
		this.module.record(answer(returned, ConsentStatus.GRANTED, "form", Duration.ZERO));
		assertThat(this.module.suppressions.find(this.module.tenant, anna).isEmpty())
			.isEqualTo(reason == SuppressionReason.ERASED);
		assertThat(this.module.ledger).filteredOn((entry) -> entry.kind().equals("suppression.lifted"))
			.hasSize((reason == SuppressionReason.ERASED) ? 1 : 0)
			.allSatisfy((entry) -> {
				assertThat(entry.subject()).isEqualTo("address:" + anna.hex().substring(0, 12));
				assertThat(entry.actor()).isEqualTo("user:anna");
			});
	}

	@Test
	void isNotLiftedByOldImportedImplicitOrOtherAnswers() {
		EmailAddress email = new EmailAddress("anna@example.com");
		AddressHash anna = hash(email.value());
		suppress(anna, SuppressionReason.ERASED);
		this.module.clock.advance(Duration.ofMinutes(5));
		ProfileId returned = this.module.person(email);
		this.module.record(answer(returned, ConsentStatus.GRANTED, "form", Duration.ofMinutes(6)));
		this.module.record(answer(returned, ConsentStatus.GRANTED, "import", Duration.ZERO));
		this.module.record(answer(returned, ConsentStatus.GRANTED, "import:7", Duration.ZERO));
		this.module.record(answer(returned, ConsentStatus.GRANTED, "event", Duration.ZERO));
		this.module.record(answer(returned, ConsentStatus.DENIED, "form", Duration.ZERO));
		this.module.record(answer(this.module.person(new EmailAddress("ben@example.com")), ConsentStatus.GRANTED,
				"form", Duration.ZERO));
		assertThat(this.module.suppressions.find(this.module.tenant, anna)).isPresent();
	}

	private ConsentChange answer(ProfileId profile, ConsentStatus status, String source, Duration ago) {
		return new ConsentChange(profile, "marketing", status, null, new ConsentEvidence(source,
				source.equals("event") ? null : "Yes, please", null, null, this.module.clock.instant().minus(ago)));
	}

	@Test
	void countsTwoSpellingsAsOneMailbox() {
		suppress(hash("Anna@Example.com"), SuppressionReason.HARD_BOUNCE);
		assertThat(this.module.suppressions.find(this.module.tenant, hash("anna@EXAMPLE.com"))).isPresent();
	}

	@Test
	void pagesThroughTheListNewestFirst() {
		List<AddressHash> added = new ArrayList<>();
		for (int number = 0; number < 7; number++) {
			added.addFirst(hash("p%d@example.com".formatted(number)));
			suppress(added.getFirst(), SuppressionReason.MANUAL);
			this.module.clock.advance(Duration.ofMillis(1));
		}
		List<AddressHash> listed = new ArrayList<>();
		String cursor = null;
		do {
			Page<Suppression> page = this.module.suppressions.list(this.module.tenant, 3, cursor);
			page.items().forEach((suppression) -> listed.add(suppression.address()));
			cursor = page.nextCursor();
		}
		while (cursor != null);
		assertThat(listed).containsExactlyElementsOf(added);
	}

	@Test
	void rejectsACursorOfAnotherList() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.module.suppressions.list(this.module.tenant, 3, "somewhere"));
	}

	private AddressHash hash(String email) {
		return this.module.hash(EmailAddress.parse(email).orElseThrow());
	}

	private void suppress(AddressHash address, SuppressionReason reason) {
		this.module.transactions.executeWithoutResult(
				(status) -> this.module.suppressions.suppress(this.module.tenant, address, reason, "system"));
	}

}
