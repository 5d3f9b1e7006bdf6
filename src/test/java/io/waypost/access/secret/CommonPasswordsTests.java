package io.waypost.access.secret;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommonPasswordsTests {

	/** The first seven are those that the outsider could set. */
	@ParameterizedTest
	@ValueSource(strings = { "password1234", "Password1234!", "qwertyuiop12", "123456789012", "letmein12345",
			"passw0rdpassw0rd", "iloveyou1234", "P@$$w0rd2026!", "Summer2026!!!!", "MyPassword2026", "adminadmin123",
			"drowssap1234", "abc123abc123", "1qaz2wsx3edc", "Welcome@2026", "qwertz123456", "asdfghjkl;12",
			"zaq12wsxcde3", "abcdefghijkl", "0987654321ab", "Monkey-Dragon-1", "changeme-2026", "xkcdxkcdxkcd",
			"Test-Account-1", "lkjhgfdsa123", "20261130-1200" })
	void refusesCommonPasswords(String password) {
		assertThat(PasswordRules.problem(password, "anna")).as(password).isPresent();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Tr0ub4dor&3-pen2-horse", "correct horse battery", "second password for a name", "kM8#vLq2xW9p",
					"blue-zebra-42-lantern", "my dog eats yellow tulips", "Ein Fahrrad im Regen", "wp-9f3kd71mzq2" })
	void takesOthers(String password) {
		assertThat(PasswordRules.problem(password, "anna")).as(password).isEmpty();
	}

}
