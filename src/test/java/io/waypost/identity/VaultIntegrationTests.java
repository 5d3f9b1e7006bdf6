package io.waypost.identity;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The vault decrypts direct identifiers for their tenant only, until the key is deleted.
 */
class VaultIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final TestDatabase database = TestDatabase.migrated();

	private final TestIdentity identity = TestIdentity.over(this.database, Clock.systemUTC(), (event) -> {
	});

	private final TenantId tenant = TestDatabase.newTenant();

	private final Vault vault = this.identity.vault();

	@Test
	void returnsTheLatestValueWhateverTheOrderOfArrival() {
		ProfileId id = identify("u", "new@example.com", "Jane", NOON.plusSeconds(60));
		identify("u", "old@example.com", "Janet", NOON);
		ContactDetails person = open(id);
		assertThat(person.email()).isEqualTo(new EmailAddress("new@example.com"));
		assertThat(person.firstName()).isEqualTo("Jane");
		assertThat(person.userId()).isEqualTo("u");
	}

	@Test
	void doesNotReencryptUnchangedValues() {
		ProfileId id = identify("u", "a@example.com", "Jane", NOON);
		List<byte[]> before = sealed(id);
		identify("u", "a@example.com", "Jane", NOON.plusSeconds(60));
		assertThat(sealed(id)).containsExactlyElementsOf(before);
	}

	@Test
	void storesNothingInClearText() {
		ProfileId id = identify("user-in-clear", "clear@example.com", "Clarissa", NOON);
		for (byte[] sealed : sealed(id)) {
			assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("clear", "Clarissa");
		}
	}

	@Test
	void decryptsFieldsAndBytesOfAMergedProfile() {
		ProfileId absorbed = identify("younger", "b@example.com", "Younger", NOON);
		ProfileId other = identify("older", null, "Older", NOON.minusSeconds(60));
		byte[] one = seal(absorbed);
		byte[] two = seal(other);
		this.identity.resolve(this.tenant,
				List.of(new IdentityObservation("older", null, "younger", Traits.NONE, NOON, "merge")));
		ProfileId survivor = this.identity.profiles()
			.find(this.tenant, new Identifier(Identifier.Type.USER_ID, "younger"))
			.orElseThrow();
		assertThat(open(survivor).firstName()).isEqualTo("Younger");
		assertThat(this.vault.openAll(this.tenant, survivor).userIds()).containsExactlyInAnyOrder("younger", "older");
		assertThat(this.vault.unseal(this.tenant, survivor, one)).isEqualTo(new byte[] { 1, 2, 3 });
		assertThat(this.vault.unseal(this.tenant, survivor, two)).isEqualTo(new byte[] { 1, 2, 3 });
	}

	@Test
	void decryptsNothingWithoutTheKey() {
		ProfileId id = identify("u", "a@example.com", "Jane", NOON);
		byte[] sealed = seal(id);
		this.database.client()
			.sql("delete from identity.vault_key where tenant_id = ? and key_id = ?")
			.params(this.tenant.value(), id.value())
			.update();
		assertThat(this.vault.open(this.tenant, List.of(id))).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> this.vault.unseal(this.tenant, id, sealed));
	}

	@Test
	void decryptsNothingForAnotherTenantOrAfterTampering() {
		ProfileId id = identify("u", "a@example.com", "Jane", NOON);
		byte[] sealed = seal(id);
		TenantId otherTenant = TestDatabase.newTenant();
		assertThat(this.vault.open(otherTenant, List.of(id))).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> this.vault.unseal(otherTenant, id, sealed));
		sealed[sealed.length - 1] ^= 1;
		assertThatIllegalStateException().isThrownBy(() -> this.vault.unseal(this.tenant, id, sealed));
		byte[] sealedForTenant = this.vault.sealUnassigned(this.tenant, new byte[] { 7 });
		assertThat(this.vault.unsealUnassigned(this.tenant, sealedForTenant)).containsExactly(7);
		assertThatIllegalStateException().isThrownBy(() -> this.vault.unsealUnassigned(otherTenant, sealedForTenant));
	}

	private ProfileId identify(String user, String email, String firstName, Instant at) {
		EmailAddress address = (email != null) ? new EmailAddress(email) : null;
		Traits traits = new Traits(address, Map.of("firstName", firstName), null, null, null);
		return this.identity
			.resolve(this.tenant, List.of(new IdentityObservation(user, null, null, traits, at, "cause")))
			.getFirst();
	}

	private ContactDetails open(ProfileId id) {
		return this.vault.open(this.tenant, List.of(id)).get(id);
	}

	private byte[] seal(ProfileId id) {
		return this.vault.seal(this.tenant, id, new byte[] { 1, 2, 3 });
	}

	private List<byte[]> sealed(ProfileId id) {
		return this.database.client()
			.sql("select sealed from identity.vault_field where tenant_id = ? and profile_id = ? order by field")
			.params(this.tenant.value(), id.value())
			.query((row, number) -> row.getBytes(1))
			.list();
	}

}
