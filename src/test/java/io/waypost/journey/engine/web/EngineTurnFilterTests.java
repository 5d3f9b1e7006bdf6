package io.waypost.journey.engine.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.kernel.TenantId;
import jakarta.servlet.FilterChain;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EngineTurnFilterTests {

	private static final String CREATE = "/engine-rest/deployment/create";

	private static final String START = "/engine-rest/process-definition/key/welcome/start";

	private final EngineTurnFilter filter = new EngineTurnFilter(Duration.ZERO, new ObjectMapper());

	@BeforeEach
	void signIn() {
		signIn("acme");
	}

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void letsFewChangesOfATenantProceedTogether() throws Exception {
		List<Integer> statuses = new ArrayList<>();
		nest(4, () -> {
			statuses.add(status(START));
			statuses.add(call("GET", START, (request, response) -> {
			}).getStatus());
			signIn("bolt");
			statuses.add(status(START));
			signIn("acme");
		});
		assertThat(statuses).as("a fifth start, a read, another tenant").containsExactly(503, 200, 200);
		assertThat(status(START)).as("the turns are free again").isEqualTo(200);
	}

	@Test
	void deploysOneAtATimeAndServesOtherRequestsMeanwhile() throws Exception {
		List<Integer> statuses = new ArrayList<>();
		MockHttpServletResponse first = call(CREATE, (request, response) -> {
			statuses.add(status(CREATE));
			statuses.add(status("/engine-rest/task"));
		});
		assertThat(statuses).containsExactly(503, 200);
		assertThat(first.getStatus()).isEqualTo(200);
		assertThat(status(CREATE)).as("the turn is free again").isEqualTo(200);
	}

	@Test
	void freesTheTurnAfterAFailure() throws Exception {
		assertThatThrownBy(() -> call(CREATE, (request, response) -> {
			throw new IllegalStateException("broken");
		})).hasMessage("broken");
		assertThat(status(CREATE)).isEqualTo(200);
	}

	private void nest(int depth, ThrowingCallable inside) throws Exception {
		assertThat(call("POST", START, (request, response) -> {
			try {
				if (depth > 1) {
					nest(depth - 1, inside);
				}
				else {
					inside.call();
				}
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}).getStatus()).isEqualTo(200);
	}

	private static void signIn(String tenant) {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken(
					new Caller(new TenantId(tenant), "anna", Set.of(Role.MARKETER)), null));
	}

	private int status(String path) {
		try {
			MockHttpServletResponse response = call(path, (request, answer) -> {
			});
			assertThat(response.getHeader("Retry-After") != null).isEqualTo(response.getStatus() == 503);
			return response.getStatus();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private MockHttpServletResponse call(String path, FilterChain chain) throws Exception {
		return call("POST", path, chain);
	}

	private MockHttpServletResponse call(String method, String path, FilterChain chain) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
		return response;
	}

}
