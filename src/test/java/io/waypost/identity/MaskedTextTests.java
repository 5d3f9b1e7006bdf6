package io.waypost.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedTextTests {

	private static final Caller MARKETER = new Caller(new TenantId("t"), "anna", Set.of(Role.MARKETER));

	private static final Caller COMPLIANCE = new Caller(new TenantId("t"), "carl", Set.of(Role.COMPLIANCE));

	private static final ContactDetails ADA = new ContactDetails("u-1", new EmailAddress("ada@example.com"), "Adelina",
			"Quuxzz", null);

	@ParameterizedTest
	@CsvSource({ "ada@example.com said yes, *** said yes", "call +49 151 12345678 now, call *** now",
			"call (0151) 123-45678, call ***", "zsecret (at) zmail.example wrote, *** wrote",
			"by zsecret [at] zmail [dot] example, by ***", "by zsecret(AT)zmail.example, by ***",
			"zsecret at zmail dot example, ***", "zsecret AT zmail.example, ***", "zsecret%40zmail.example, ***",
			"zsecret\uff20zmail.example, ***", "Quuxzz-1, ***-1", "spoken with QUUXZZ, spoken with ***",
			"Adelina's order, ***'s order" })
	void hidesDetailsInFreeText(String text, String masked) {
		assertThat(IdentifierMask.text(text, ADA, MARKETER)).isEqualTo(masked);
		assertThat(IdentifierMask.text(text, ADA, COMPLIANCE)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "event:018f5d3e-0000-7000-8000-000000000001", "web form, version 3 of 2026-11-30",
			"import", "order 123456", "signed at the counter (at 5)" })
	void keepsOtherText(String text) {
		assertThat(IdentifierMask.text(text, ADA, MARKETER)).isEqualTo(text);
		assertThat(IdentifierMask.text(text, null, MARKETER)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1-", "a.", "a@b." })
	void hidesLongRunsThatPatternsCannotBeAppliedTo(String unit) {
		String run = unit.repeat(8_000 / unit.length());
		assertThat(IdentifierMask.text("said " + run + " yes", ADA, MARKETER)).contains("***")
			.doesNotContain(run)
			.hasSizeLessThan(50);
	}

	@Test
	void hidesDetailsAtAnyDepth() {
		Map<String, Object> value = Map.of("note", List.of("to ada@example.com", 7), "inner", Map.of("x", "Quuxzz"));
		assertThat(IdentifierMask.values(value, ADA, MARKETER))
			.isEqualTo(Map.of("note", List.of("to ***", 7), "inner", Map.of("x", "***")));
		assertThat(IdentifierMask.values(null, ADA, MARKETER)).isNull();
	}

}
