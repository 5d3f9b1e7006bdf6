package io.waypost.journey.engine.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.kernel.TenantId;
import jakarta.servlet.FilterChain;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
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

	/** Without a queue for each tenant, bolt waits for the three deployments of acme. */
	@Test
	void letsATenantWaitForOneDeploymentOfAnotherTenantOnly() throws Exception {
		EngineTurnFilter patient = new EngineTurnFilter(Duration.ofSeconds(20), new ObjectMapper());
		List<String> order = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (String name : List.of("acme", "acme", "acme", "bolt")) {
			Thread thread = Thread.ofPlatform().start(() -> {
				signIn(name);
				MockHttpServletRequest request = new MockHttpServletRequest("POST", CREATE);
				try {
					patient.doFilter(request, new MockHttpServletResponse(), (one, other) -> {
						order.add(name);
						begun.countDown();
						awaitUninterruptibly(go);
					});
				}
				catch (Exception ex) {
					order.add(ex.toString());
				}
			});
			threads.add(thread);
			begun.await();
			Awaitility.await().until(() -> threads.size() == 1 || thread.getState() == Thread.State.TIMED_WAITING);
		}
		go.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(order).startsWith("acme", "bolt").hasSize(4);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Spelled with an escape it took a turn of the other changes. */
	@Test
	void countsADeploymentUnderAnySpellingOfThePath() throws Exception {
		List<Integer> statuses = new ArrayList<>();
		call(CREATE, (request, response) -> statuses.add(status("/engine-rest/deployment/cre%61te")));
		assertThat(statuses).containsExactly(503);
	}

	@Test
	void keepsTheStatusBehindTheFilterThatTranslatesFaults() throws Exception {
		EngineOutageFilter faults = new EngineOutageFilter(new ObjectMapper());
		MockHttpServletResponse response = new MockHttpServletResponse();
		call(CREATE, (request, answer) -> faults.doFilter(new MockHttpServletRequest("POST", CREATE), response,
				(inner, refused) -> this.filter.doFilter(inner, refused, (never, called) -> {
				})));
		assertThat(response.getStatus()).isEqualTo(503);
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
