package io.waypost.journey.engine.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeploymentTurnFilterTests {

	private static final String CREATE = "/engine-rest/deployment/create";

	private final DeploymentTurnFilter filter = new DeploymentTurnFilter(Duration.ZERO, new ObjectMapper());

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
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(new MockHttpServletRequest("POST", path), response, chain);
		return response;
	}

}
