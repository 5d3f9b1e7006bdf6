package io.waypost.access.signin;

import java.util.EnumSet;
import java.util.Set;

import io.waypost.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AllowListTests {

	private final AllowList engine = AllowList.read("access/engine-allow-list.txt");

	/** Each was open to every signed-in account. */
	@ParameterizedTest
	@CsvSource({ "POST,/identity/verify", "POST,/history/cleanup", "PUT,/job/suspended", "POST,/message",
			"POST,/signal", "POST,/process-instance/x/modification-async", "POST,/migration/executeAsync",
			"DELETE,/process-instance/x", "POST,/user/create", "PUT,/user/x/credentials", "POST,/authorization/create",
			"POST,/filter/create", "GET,/telemetry/data", "POST,/schema/log", "PUT,/task/x/variables/route",
			"POST,/external-task/fetchAndLock", "GET,/no-such-resource", "GET,/task/", "GET,/", "TRACE,/task",
			"OPTIONS,/task" })
	void refusesWhatIsNotListedToEveryRole(String method, String path) {
		assertThat(this.engine.allows(method, path, EnumSet.allOf(Role.class))).isFalse();
	}

	@Test
	void decidesByTheMostSpecificPath() {
		assertThat(this.engine.allows("GET", "/process-definition/some-id", Set.of(Role.MARKETER))).isTrue();
		assertThat(this.engine.allows("GET", "/process-definition/statistics", Set.of(Role.MARKETER))).isFalse();
		assertThat(this.engine.allows("GET", "/process-definition/statistics", Set.of(Role.COMPLIANCE))).isTrue();
	}

	@Test
	void letsOnlyTheListedRolesThrough() {
		for (Role role : Role.values()) {
			assertThat(this.engine.allows("POST", "/deployment/create", Set.of(role))).as(role + " deploys")
				.isEqualTo(role == Role.MODELER || role == Role.ADMIN || role == Role.PLATFORM_ADMIN);
			assertThat(this.engine.allows("POST", "/process-definition/key/welcome/start", Set.of(role)))
				.as(role + " starts a journey")
				.isEqualTo(role == Role.MARKETER || role == Role.ADMIN);
			assertThat(this.engine.allows("GET", "/version", Set.of(role))).as(role + " reads the version")
				.isEqualTo(role != Role.PLATFORM_ADMIN);
		}
		assertThat(this.engine.allows("GET", "/version", Set.of())).as("no role").isFalse();
	}

}
