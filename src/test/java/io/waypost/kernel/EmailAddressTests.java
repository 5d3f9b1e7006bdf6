package io.waypost.kernel;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EmailAddressTests {

	private static final Pattern RULE = Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
			+ "(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+"
			+ "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])");

	@Test
	void refusesLineBreaksInsteadOfDroppingThem() {
		assertThat(EmailAddress.parse(" ada@mail.example ")).isPresent();
		assertThat(EmailAddress.parse("ada@mail.example\n")).isEmpty();
		assertThat(EmailAddress.parse("\r\nada@mail.example")).isEmpty();
	}

	@Test
	void acceptsExactlyWhatTheRuleAccepts() {
		Random random = new Random(7);
		List<String> pieces = List.of("a", "Z", "0", ".", "..", "-", "+", "_", "@", "ü", " ", "example", ".com",
				".co.uk", "x".repeat(62), "@example.com", "'", "\n", "\"");
		int accepted = 0;
		for (int i = 0; i < 200_000; i++) {
			String text = random.ints(random.nextInt(1, 8), 0, pieces.size())
				.mapToObj(pieces::get)
				.collect(Collectors.joining());
			int at = text.lastIndexOf('@');
			boolean rule = text.length() <= 254 && at >= 1 && at <= 64 && RULE.matcher(text).matches();
			assertThat(isAddress(text)).as(text).isEqualTo(rule);
			accepted += rule ? 1 : 0;
		}
		assertThat(accepted).isGreaterThan(1_000);
	}

	@Test
	void parsesUserInput() {
		assertThat(EmailAddress.parse("  Ada.Lovelace@Example.COM ")).map(EmailAddress::value)
			.contains("Ada.Lovelace@example.com");
		assertThat(EmailAddress.parse("ada@bücher.example")).map(EmailAddress::domain)
			.contains("xn--bcher-kva.example");
		assertThat(EmailAddress.parse("ada@localhost")).isEmpty();
	}

	@Test
	void masksTheAddress() {
		assertThat(new EmailAddress("ada@example.com")).hasToString("a***@***");
	}

	private static boolean isAddress(String text) {
		try {
			new EmailAddress(text);
			return true;
		}
		catch (IllegalArgumentException invalid) {
			return false;
		}
	}

}
