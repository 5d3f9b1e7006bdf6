package io.waypost.access.idempotency;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.access.IdempotencyKey;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.SecretCipher;
import io.waypost.access.idempotency.IdempotentRequests.Answer;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is stored of requests with a key. Each {@link IdempotentRequests} is a process of
 * its own: they share the database only.
 */
@WaypostTest
class IdempotentRequestsIntegrationTests {

	private final String key = UUID.randomUUID().toString();

	/** In the future, so that the scheduled clean-up deletes nothing of it. */
	private final MutableClock clock = MutableClock.at("2126-11-30T12:00:00Z");

	@Autowired
	private IdempotentRequestRepository repository;

	@Autowired
	private SecretCipher cipher;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void repeatsTheAnswerAfterARestart() {
		IdempotentRequests first = process();
		first.finish(claim(first.begin(request("a"), this.key)),
				StoredAnswer.of(201, "text/plain", "/here", bytes("done")), true);
		StoredAnswer answer = answer(process().begin(request("a"), this.key));
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.contentType()).isEqualTo("text/plain");
		assertThat(answer.location()).isEqualTo("/here");
		assertThat(answer.body()).asString().isEqualTo("done");
	}

	@Test
	void forgetsTheAnswerAfter24Hours() {
		IdempotentRequests requests = process();
		KeyClaim.Granted first = claim(requests.begin(request("a"), this.key));
		requests.finish(first, StoredAnswer.of(200, "", "", bytes("done")), true);
		this.clock.advance(Duration.ofHours(24).minusSeconds(1));
		assertThat(requests.begin(request("a"), this.key)).isInstanceOf(Answer.Replay.class);
		refused(requests, "b", 422);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(claim(requests.begin(request("b"), this.key)).request()).isNotEqualTo(first.request());
	}

	@Test
	void deletesWhatHasExpired() {
		IdempotentRequests requests = process();
		requests.finish(claim(requests.begin(request("a"), this.key)), StoredAnswer.of(200, "", "", bytes("done")),
				true);
		this.clock.advance(Duration.ofHours(23));
		requests.deleteExpired();
		assertThat(rows()).isEqualTo(1);
		this.clock.advance(Duration.ofHours(1));
		requests.deleteExpired();
		assertThat(rows()).isZero();
	}

	@Test
	void freesTheKeyAfterACrash() {
		KeyClaim.Granted crashed = claim(process().begin(request("a"), this.key));
		IdempotentRequests other = process();
		this.clock.advance(IdempotentRequests.LEASE.minusSeconds(1));
		assertThat(refused(other, "a", 409).getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
		this.clock.advance(Duration.ofSeconds(1));
		refused(other, "b", 422);
		KeyClaim.Granted second = claim(other.begin(request("a"), this.key));
		assertThat(second.request()).isEqualTo(crashed.request());
		refused(process(), "a", 409);
	}

	@Test
	void storesNoAnswerOfAnAttemptThatLostItsLease() {
		IdempotentRequests slow = process();
		KeyClaim.Granted lost = claim(slow.begin(request("a"), this.key));
		this.clock.advance(IdempotentRequests.LEASE);
		IdempotentRequests other = process();
		KeyClaim.Granted second = claim(other.begin(request("a"), this.key));
		slow.finish(lost, StoredAnswer.of(200, "", "", bytes("late")), true);
		other.finish(second, StoredAnswer.of(200, "", "", bytes("second")), true);
		assertThat(answer(process().begin(request("a"), this.key)).body()).asString().isEqualTo("second");
	}

	@Test
	void renewsTheLeaseOfALongRequest() {
		IdempotentRequests running = process();
		KeyClaim.Granted claim = claim(running.begin(request("a"), this.key));
		this.clock.advance(IdempotentRequests.LEASE.minusSeconds(1));
		running.renewLeases();
		this.clock.advance(IdempotentRequests.LEASE.minusSeconds(1));
		refused(process(), "a", 409);
		running.finish(claim, StoredAnswer.of(503, "", "", bytes("")), true);
		running.renewLeases();
		assertThat(claim(process().begin(request("a"), this.key)).request()).isEqualTo(claim.request());
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 504 })
	void letsTheSameRequestTryAgainAfterAFailure(int status) {
		IdempotentRequests requests = process();
		KeyClaim.Granted failed = claim(requests.begin(request("a"), this.key));
		requests.finish(failed, StoredAnswer.of(status, "", "", bytes("failed")), true);
		assertThat(claim(requests.begin(request("a"), this.key)).request()).isEqualTo(failed.request());
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 409, 422, 429 })
	void freesTheKeyAfterARefusal(int status) {
		IdempotentRequests requests = process();
		requests.finish(claim(requests.begin(request("a"), this.key)), StoredAnswer.of(status, "", "", bytes("no")),
				true);
		assertThat(rows()).isZero();
		claim(requests.begin(request("b"), this.key));
	}

	@Test
	void storesOnlyTheDigestOfAnOperationThatStoresNothing() {
		IdempotentRequests requests = process();
		requests.finish(claim(requests.begin(request("a"), this.key)), StoredAnswer.of(200, "", "", bytes("Ada")),
				false);
		refused(requests, "b", 422);
		claim(requests.begin(request("a"), this.key));
	}

	@Test
	void saysThatAnAnswerWasTooLarge() {
		IdempotentRequests requests = process();
		requests.finish(claim(requests.begin(request("a"), this.key)),
				StoredAnswer.of(200, "", "", new byte[StoredAnswer.MAX_BODY + 1]), true);
		assertThat(refused(requests, "a", 409).getBody().getDetail()).contains("262145 bytes", "status 200");
	}

	@Test
	void letsARequestTryAgainWhoseControllerFailed() throws Exception {
		IdempotentRequests requests = process();
		assertThatExceptionOfType(ServletException.class).isThrownBy(() -> call(requests, (request, response) -> {
			throw new ServletException("The controller failed");
		}));
		MockHttpServletResponse second = call(requests, (request, response) -> {
			assertThat(request.getInputStream().readAllBytes()).asString().isEqualTo("{\"a\":1}");
			assertThat(request.getAttribute(IdempotencyKey.REQUEST_ID)).isNotNull();
			response.getWriter().write("worked");
		});
		MockHttpServletResponse third = call(requests, (request, response) -> {
			throw new ServletException("Carried out again");
		});
		assertThat(second.getContentAsString()).isEqualTo("worked");
		assertThat(third.getContentAsString()).isEqualTo("worked");
		assertThat(third.getHeader(IdempotencyInterceptor.REPLAYED)).isEqualTo("true");
	}

	@Test
	void limitsTheKeysOfACaller() {
		IdempotentRequests requests = process(
				new IdempotencySettings(2, DataSize.ofMegabytes(1), 1_000_000, DataSize.ofTerabytes(1)));
		for (String number : List.of("1", "2")) {
			requests.finish(claim(requests.begin(ofCaller("anna", number), number)),
					StoredAnswer.of(201, "", "", bytes("done")), true);
		}
		assertRefused(requests, ofCaller("anna", "3"), "waypost.idempotency.caller-keys");
		assertThat(answer(requests.begin(ofCaller("anna", "2"), "2")).status()).as("a stored response").isEqualTo(201);
		assertThat(claim(requests.begin(ofCaller("ben", "1"), "1"))).isNotNull();
		// Another node counts the same keys
		assertRefused(process(new IdempotencySettings(2, DataSize.ofMegabytes(1), 1_000_000, DataSize.ofTerabytes(1))),
				ofCaller("anna", "3"), "24 hours");
		this.clock.advance(Duration.ofHours(25));
		requests.deleteExpired();
		assertThat(claim(requests.begin(ofCaller("anna", "3"), "3"))).as("the next day").isNotNull();
	}

	@Test
	void limitsTheSizeOfTheResponsesOfACaller() {
		IdempotentRequests requests = process(
				new IdempotencySettings(1_000, DataSize.ofKilobytes(30), 1_000_000, DataSize.ofTerabytes(1)));
		for (String number : List.of("1", "2")) {
			requests.finish(claim(requests.begin(ofCaller("anna", number), number)),
					StoredAnswer.of(201, "", "", new byte[16_000]), true);
		}
		assertRefused(requests, ofCaller("anna", "3"), "waypost.idempotency.caller-size");
	}

	@Test
	void limitsTheKeysOfATenant() {
		IdempotentRequests requests = process(
				new IdempotencySettings(1_000, DataSize.ofMegabytes(1), 1, DataSize.ofTerabytes(1)));
		claim(process().begin(ofCaller("anna", "1"), "1"));
		assertRefused(requests, ofCaller("ben", "2"), "waypost.idempotency.tenant-keys");
	}

	@Test
	void countsNoKeyOfARefusedRequest() {
		IdempotentRequests requests = process(
				new IdempotencySettings(1, DataSize.ofMegabytes(1), 1_000_000, DataSize.ofTerabytes(1)));
		requests.finish(claim(requests.begin(ofCaller("anna", "1"), "1")), StoredAnswer.of(400, "", "", bytes("no")),
				true);
		assertThat(claim(requests.begin(ofCaller("anna", "2"), "2"))).isNotNull();
	}

	private KeyedRequest ofCaller(String caller, String number) {
		return KeyedRequest.of(TestTenant.ID, caller + this.key, "POST /api/v1/templates", number, "", bytes("a"));
	}

	private static void assertRefused(IdempotentRequests requests, KeyedRequest request, String reason) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> requests.begin(request, "3"))
			.withMessageContaining(reason)
			.satisfies((refusal) -> assertThat(refusal.getStatusCode().value()).isEqualTo(429))
			.satisfies(
					(refusal) -> assertThat(refusal.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("600"));
	}

	/** Filter and interceptor, as a controller's container calls them. */
	private MockHttpServletResponse call(IdempotentRequests requests, FilterChain controller) throws Exception {
		SecurityContextHolder.getContext()
			.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
					new Caller(TestTenant.ID, TestTenant.user(Role.MARKETER), Set.of(Role.MARKETER)), null, Set.of()));
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/templates");
		request.addHeader(IdempotencyKey.HEADER, this.key);
		request.setContent(bytes("{\"a\":1}"));
		MockHttpServletResponse response = new MockHttpServletResponse();
		IdempotencyInterceptor interceptor = new IdempotencyInterceptor(() -> requests);
		HandlerMethod handler = new HandlerMethod(this, getClass().getDeclaredMethod("signOut"));
		new IdempotencyFilter(() -> requests).doFilter(request, response, (wrapped, answer) -> {
			if (interceptor.preHandle((HttpServletRequest) wrapped, (HttpServletResponse) answer, handler)) {
				controller.doFilter(wrapped, answer);
			}
		});
		return response;
	}

	private IdempotentRequests process() {
		return process(new IdempotencySettings(1_000, DataSize.ofMegabytes(32), 200_000, DataSize.ofMegabytes(128)));
	}

	private IdempotentRequests process(IdempotencySettings settings) {
		return new IdempotentRequests(this.repository, new IdempotencyQuota(this.repository, settings, this.clock),
				this.cipher, this.clock);
	}

	private KeyedRequest request(String body) {
		return KeyedRequest.of(TestTenant.ID, "anna", "POST /api/v1/templates", this.key, "", bytes(body));
	}

	private InvalidRequestException refused(IdempotentRequests requests, String body, int status) {
		try {
			requests.begin(request(body), this.key);
		}
		catch (InvalidRequestException refusal) {
			assertThat(refusal.getStatusCode().value()).isEqualTo(status);
			return refusal;
		}
		throw new AssertionError("not refused with " + status);
	}

	private int rows() {
		return this.jdbc.sql("SELECT count(*) FROM access.idempotent_request WHERE hash = ?")
			.param(request("a").hash().bytes())
			.query(Integer.class)
			.single();
	}

	private static KeyClaim.Granted claim(Answer answer) {
		assertThat(answer).isInstanceOf(Answer.CarryOut.class);
		return ((Answer.CarryOut) answer).claim();
	}

	private static StoredAnswer answer(Answer answer) {
		assertThat(answer).isInstanceOf(Answer.Replay.class);
		return ((Answer.Replay) answer).answer();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
