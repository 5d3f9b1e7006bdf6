package io.waypost.ingestion.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.access.limit.TenantLimits;
import io.waypost.access.limit.TestLimits;
import io.waypost.identity.Identifier;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.ingestion.TestIngestion;
import io.waypost.ingestion.store.IngestionGroupCommit;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A source that exceeds its request rate gets 429 with Retry-After, and its events are
 * not stored.
 */
class IngestionRateLimitTests {

	private static final IngestionSettings TWO_A_SECOND = new IngestionSettings(TestIngestion.SETTINGS.maxEvent(),
			TestIngestion.SETTINGS.maxBatch(), 1, 2, TestIngestion.SETTINGS.dedupWindow());

	private final TestIngestion ingestion = new TestIngestion(Clock.systemUTC());

	private final MockMvcTester source = MockMvcTester.of(controller());

	@Test
	void rejectsRequestsAboveTheRateAndStoresNothing() {
		assertThat(batch("first")).hasStatusOk();
		assertThat(batch("second")).hasStatusOk();
		MvcTestResult refused = batch("third");
		assertThat(refused).hasStatus(429);
		assertThat(refused).hasHeader("RateLimit-Policy", "\"key\";q=2;w=2");
		assertThat(refused).hasHeader("RateLimit", "\"key\";r=0;t=2");
		assertThat(Integer.parseInt(refused.getResponse().getHeader("Retry-After"))).isBetween(1, 3);
		assertThat(stored("first")).isEqualTo(2);
		assertThat(stored("third")).as("of the refused batch").isZero();
		assertThat(this.ingestion.deadLetters.list(this.ingestion.tenant, 10, null).items()).isEmpty();
		await().atMost(Duration.ofSeconds(10)).until(() -> batch("third").getResponse().getStatus() == 200);
		assertThat(stored("third")).isEqualTo(2);
	}

	@Test
	void limitsEachSourceSeparately() {
		TestIngestion other = new TestIngestion(Clock.systemUTC());
		while (batch("busy").getResponse().getStatus() == 200) {
			assertThat(stored("busy")).isEqualTo(2);
		}
		assertThat(post("calm", other.writeKey)).hasStatusOk();
	}

	private TrackingApiController controller() {
		TenantLimits limits = this.ingestion.limits();
		return new TrackingApiController(
				new SourceAuthenticator(this.ingestion.writeKeys(), TestLimits.limiter(limits), TWO_A_SECOND),
				TestLimits.quota(this.ingestion.database.client(), limits, this.ingestion.clock), this.ingestion.reader,
				new IngestionGroupCommit(this.ingestion.ingestor, new SimpleMeterRegistry()),
				this.ingestion.deadLetters, TWO_A_SECOND, this.ingestion.clock);
	}

	private MvcTestResult batch(String user) {
		return post(user, this.ingestion.writeKey);
	}

	private MvcTestResult post(String user, String key) {
		String body = """
				{"batch":[{"type":"track","event":"One","userId":"%1$s","messageId":"1-%1$s"},
				{"type":"track","event":"Two","userId":"%1$s","messageId":"2-%1$s"}]}
				""".formatted(user);
		return this.source.post()
			.uri("/v1/batch")
			.header("Authorization", "Bearer " + key)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

	private int stored(String user) {
		return this.ingestion.identity.profiles()
			.find(this.ingestion.tenant, new Identifier(Identifier.Type.USER_ID, user))
			.map((profile) -> this.ingestion.log.of(this.ingestion.tenant, profile, 10, null).items().size())
			.orElse(0);
	}

}
