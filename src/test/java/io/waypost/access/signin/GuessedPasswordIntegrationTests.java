package io.waypost.access.signin;

import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.testing.Browser;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Guesses of the current password, and names that no user has. */
@WaypostTest
class GuessedPasswordIntegrationTests {

	private static final String NEW = "amber ladder seven coast";

	private final String user = "guessed-" + UUID.randomUUID();

	private PublicApi api;

	@BeforeEach
	void create(@LocalServerPort int port, @Autowired AccountProvisioner accounts) {
		this.api = PublicApi.on(port);
		accounts.createUser(new User(TestTenant.ID, this.user, EnumSet.of(Role.OPERATOR, Role.MARKETER)),
				TestTenant.PASSWORD);
	}

	@Test
	void limitsWrongCurrentPasswordsOfAProgram() {
		for (int number = 0; number < 10; number++) {
			assertThat(change("wrong " + number)).isEqualTo(400);
		}
		assertThat(change(TestTenant.PASSWORD)).as("the right one").isEqualTo(429);
	}

	@Test
	void limitsWrongCurrentPasswordsOfASession() {
		Browser browser = Browser.signIn(this.api.base(), this.user);
		for (int number = 0; number < 10; number++) {
			browser.post("/settings/password", "current", "wrong " + number, "password", NEW, "repeated", NEW);
			assertThat(browser.get("/settings").body()).contains("is wrong");
		}
		browser.post("/settings/password", "current", TestTenant.PASSWORD, "password", NEW, "repeated", NEW);
		assertThat(browser.get("/settings").body()).contains("Too many wrong passwords");
		assertThat(this.api
			.call("GET", "/api/v1/sends?limit=1", null, "Authorization",
					PublicApi.basic(this.user, TestTenant.PASSWORD))
			.status()).as("the password is unchanged").isEqualTo(200);
	}

	@Test
	void acceptsTheRightPasswordAfterFewWrongOnes() {
		for (int number = 0; number < 9; number++) {
			assertThat(change("wrong " + number)).isEqualTo(400);
		}
		assertThat(change(TestTenant.PASSWORD)).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/sends", "/engine-rest/engine", "/actuator/prometheus", "/v3/api-docs" })
	void answersANameWithControlCharactersWithout5xx(String path) {
		for (String name : List.of("x\0", "\0", "x\u0001y", "\u007f")) {
			assertThat(this.api.call("GET", path, null, "Authorization", PublicApi.basic(name, "y")).status()).as(path)
				.isEqualTo(401);
		}
	}

	private int change(String current) {
		return this.api
			.call("PUT", "/api/v1/users/me/password",
					"{\"currentPassword\":\"%s\",\"password\":\"%s\"}".formatted(current, NEW), "Authorization",
					PublicApi.basic(this.user, TestTenant.PASSWORD))
			.status();
	}

}
