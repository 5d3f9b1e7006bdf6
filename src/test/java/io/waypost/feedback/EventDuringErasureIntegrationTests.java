package io.waypost.feedback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.access.Role;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.TenantScope;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.identity.AddressHash;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.Profiles;
import io.waypost.identity.Traits;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An event about a send and an erasure of its recipient take their locks in one order.
 */
@WaypostTest
class EventDuringErasureIntegrationTests {

	private final String user = "reported-" + UUID.randomUUID();

	private final EmailAddress email = new EmailAddress(this.user + "@example.com");

	private final CompletableFuture<Integer> eventSession = new CompletableFuture<>();

	@Autowired
	private FeedbackEventProcessor processor;

	@Autowired
	private JourneySends sends;

	@Autowired
	private Profiles profiles;

	@Autowired
	private AdvisoryLocks locks;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private IdGenerator ids;

	/**
	 * The event stops between its send and the end of its transaction, because this test
	 * holds the lock of the address. The erasure starts then.
	 */
	@Test
	void causesNoDeadlock() throws Exception {
		Send send = send();
		double collisions = collisions();
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			List<Future<?>> work = this.transaction.execute((status) -> {
				AddressHash address = this.profiles.hash(TestTenant.ID, this.email);
				this.locks.lock(AdvisoryLock.ADDRESS, TestTenant.ID.value(), address.hex());
				Future<?> event = threads.submit(() -> TenantScope.run(TestTenant.ID, () -> bounce(send)));
				awaitBlocked(this.eventSession.join());
				Future<HttpStatusCode> erasure = threads.submit(this::erase);
				awaitBlocking(this.eventSession.join());
				return List.of(event, erasure);
			});
			work.getFirst().get(20, TimeUnit.SECONDS);
			assertThat(work.getLast().get(20, TimeUnit.SECONDS)).hasToString("200 OK");
		}
		assertThat(collisions()).as("repeated erasures").isEqualTo(collisions);
	}

	private Send send() {
		ProfileId profile = this.transaction
			.execute((status) -> this.profiles
				.resolve(TestTenant.ID,
						List.of(new IdentityObservation(this.user, null, null,
								new Traits(this.email, Map.of(), null, null, null), Instant.now(), this.user)))
				.getFirst());
		return this.sends
			.plan(TestTenant.ID, List.of(new SendRequest(profile, new JourneyRunId(this.ids.next()), "welcome", "first",
					"welcome", "marketing", Map.of(), Map.of())))
			.getFirst();
	}

	private void bounce(Send send) {
		this.transaction.executeWithoutResult((status) -> {
			this.eventSession.complete(this.jdbc.sql("select pg_backend_pid()").query(Integer.class).single());
			this.processor.process(
					List.of(new SendEvent(send.id(), SendEvent.Type.BOUNCED, Instant.now(), null, false, "5.1.1")),
					Map.of());
		});
	}

	private HttpStatusCode erase() {
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(TestTenant.token(Role.COMPLIANCE));
		return this.http
			.exchange("/api/v1/profiles/" + this.user, HttpMethod.DELETE, new HttpEntity<>(headers), String.class)
			.getStatusCode();
	}

	private void awaitBlocked(int session) {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> isTrue("select cardinality(pg_blocking_pids(?)) > 0", session));
	}

	private void awaitBlocking(int session) {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> isTrue("select exists (select from pg_stat_activity where ? = any(pg_blocking_pids(pid)))",
					session));
	}

	private boolean isTrue(String sql, int session) {
		return this.jdbc.sql(sql).param(session).query(Boolean.class).single();
	}

	private double collisions() {
		return this.meters.counter("waypost.identity.profile.erase", "outcome", "collided").count();
	}

}
