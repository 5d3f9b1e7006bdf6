package io.waypost.identity;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class IdentifierMaskTests {

	private static final ContactDetails PERSON = new ContactDetails("u-1", new EmailAddress("ada@example.com"), "Ada",
			"Lovelace", "+44 20 7946 0000");

	@ParameterizedTest
	@EnumSource(Role.class)
	void masksForRolesThatDoNotNeedIdentifiers(Role role) {
		Caller caller = new Caller(new TenantId("t"), "c", EnumSet.of(role));
		ContactDetails seen = IdentifierMask.apply(PERSON, caller);
		if (role == Role.COMPLIANCE || role == Role.ADMIN) {
			assertThat(seen).isEqualTo(PERSON);
			return;
		}
		assertThat(seen.userId()).isEqualTo("u-1");
		assertThat(seen.email()).isEqualTo(new EmailAddress("a***@example.com"));
		assertThat(seen.firstName()).isEqualTo("A***");
		assertThat(seen.lastName()).isEqualTo("L***");
		assertThat(seen.phone()).isEqualTo("+***");
	}

	@Test
	void masksEveryTraitOfTheVault() {
		Caller caller = new Caller(new TenantId("t"), "c", Set.of(Role.MARKETER));
		assertThat(IdentifierMask.apply(Map.of("street", "1 High Street", "firstName", "Ada"), caller))
			.containsOnly(Map.entry("street", "1***"), Map.entry("firstName", "A***"));
	}

	@ParameterizedTest
	@CsvSource({ "ada@example.com,a***@example.com", "x,x***", "'',***", "Åsa,Å***" })
	void keepsTheFirstLetterAndTheDomain(String value, String masked) {
		assertThat(IdentifierMask.mask(value)).isEqualTo(masked);
	}

}
