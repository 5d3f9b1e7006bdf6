package io.waypost.journey;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.testing.MutableClock;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** From the test and its statistics to the variant that the remaining recipients get. */
@WaypostTest
class CampaignExperimentIntegrationTests {

	private static final Duration TEST = Duration.ofHours(1);

	private static final String EXPERIMENT = """
			,"experiment":{"variants":["a","b"],"testPercent":80,"testDuration":"PT1H","reactionWindow":"PT50M"}
			""";

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private MutableClock clock;

	private CampaignTestData campaignData;

	@BeforeEach
	void setUp(@Autowired ApplicationContext waypost) {
		this.campaignData = CampaignTestData.in(waypost, this.http);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void sendsAClearWinnerToTheRemainingRecipients() {
		String id = tested(340);
		Map<String, List<String>> tested = this.campaignData.delivered(id);
		react(tested.get("a"), 0.5, "Email Link Clicked");
		react(tested.get("b"), 0.95, "Email Link Clicked");
		evaluateAfter(id, TEST);
		JsonNode campaign = this.campaignData.awaitStatus(id, "completed");
		JsonNode verdict = campaign.path("experiment").path("verdict");
		assertThat(verdict.path("decision").asText()).as(verdict.toString()).isEqualTo("SHIP");
		assertThat(verdict.path("arm").asText()).isEqualTo("b");
		assertThat(campaign.path("experiment").path("concludedAt").isNull()).isFalse();
		int sent = campaign.path("counts").path("delivered").asInt() + campaign.path("counts").path("accepted").asInt();
		assertThat(sent + campaign.path("counts").path("withheld").asInt()).isEqualTo(340);
		assertThat(this.campaignData.count("variant = 'a' AND status <> 'withheld'", id)).as("only those of the test")
			.isEqualTo(tested.get("a").size());
		assertThat(this.campaignData.count("variant = 'b' AND status <> 'withheld'", id))
			.isGreaterThan(tested.get("b").size());
	}

	@Test
	void extendsAnInconclusiveTestAndThenSendsTheDefault() {
		String id = tested(340);
		Map<String, List<String>> tested = this.campaignData.delivered(id);
		react(tested.get("a"), 0.5, "Email Link Clicked");
		react(tested.get("b"), 0.52, "Email Link Clicked");
		evaluateAfter(id, TEST);
		assertThat(verdict(id).path("decision").asText()).isEqualTo("KEEP_RUNNING");
		int analyses = 1;
		while (verdict(id).path("decision").asText().equals("KEEP_RUNNING")) {
			evaluateAfter(id, TEST.dividedBy(2));
			assertThat(++analyses).as("interim analyses of a test that may last four hours").isLessThan(12);
		}
		JsonNode campaign = this.campaignData.awaitStatus(id, "completed");
		JsonNode experiment = campaign.path("experiment");
		assertThat(experiment.path("extensionsLeft").asInt()).isZero();
		assertThat(experiment.path("verdict").path("decision").asText()).isEqualTo("INCONCLUSIVE");
		assertThat(experiment.path("verdict").path("sentence").asText()).contains("not because it won");
		assertThat(this.campaignData.count("variant = 'b' AND status <> 'withheld'", id))
			.isEqualTo(tested.get("b").size());
		assertThat(this.campaignData.count("variant = 'a' AND status <> 'withheld'", id))
			.isGreaterThan(tested.get("a").size());
	}

	@Test
	void doesNotSendAVariantThatBreaksAGuardrail() {
		String id = tested(340);
		Map<String, List<String>> tested = this.campaignData.delivered(id);
		react(tested.get("a"), 0.5, "Email Link Clicked");
		react(tested.get("b"), 0.95, "Email Link Clicked");
		react(tested.get("b"), 0.2, "Unsubscribed");
		evaluateAfter(id, TEST);
		assertThat(verdict(id).path("decision").asText()).isEqualTo("REVIEW");
		assertThat(verdict(id).path("sentence").asText()).containsIgnoringCase("unsubscribe");
		assertThat(this.campaignData.campaign(id).path("status").asText()).isEqualTo("testing");
		// No person decides
		evaluateAfter(id, TEST.multipliedBy(6));
		JsonNode campaign = this.campaignData.awaitStatus(id, "completed");
		JsonNode verdict = campaign.path("experiment").path("verdict");
		assertThat(verdict.path("arm").asText()).isEqualTo("a");
		assertThat(verdict.path("sentence").asText()).contains("No decision was made in time", "not because it won",
				"unsubscribe");
		assertThat(this.campaignData.count("variant = 'b' AND status <> 'withheld'", id))
			.isEqualTo(tested.get("b").size());
	}

	@Test
	void includesDeferredRecipientsInTheTest() {
		this.campaignData.people(6, 23, true);
		this.campaignData.people(6, 12, true);
		String id = this.campaignData
			.launched(",\"experiment\":{\"testPercent\":100,\"testDuration\":\"P1D\",\"reactionWindow\":\"PT1H\"}");
		this.campaignData.awaitStatus(id, "testing");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.campaignData.count("status = 'deferred'", id) > 0
					&& this.campaignData.campaign(id).path("chunks").path("done").asInt() == 1);
		this.campaignData.awaitQuiet(id);
		int exposed = exposed(id);
		int deferredCount = this.campaignData.count("status = 'deferred'", id);
		this.clock.advance(Duration.ofHours(10));
		Awaitility.await("the window opened")
			.atMost(Duration.ofSeconds(30))
			.until(() -> exposed(id) == exposed + deferredCount);
		assertThat(this.campaignData.campaign(id).path("status").asText()).isEqualTo("testing");
		this.campaignData.awaitQuiet(id);
		assertThat(this.campaignData.act(id, "cancel").getStatusCode().value()).isEqualTo(202);
	}

	/** In the test, or held out from it. */
	private int exposed(String id) {
		return this.campaignData.jdbc.sql(
				"SELECT count(*) FROM experiment.exposure WHERE profile_id IN (SELECT profile_id FROM delivery.send WHERE run_id = ?)")
			.param(UUID.fromString(id))
			.query(Integer.class)
			.single();
	}

	/** A campaign whose test has been sent. */
	private String tested(int people) {
		this.campaignData.people(people, 10, true);
		String id = this.campaignData.launched(EXPERIMENT);
		this.campaignData.awaitStatus(id, "testing");
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.campaignData.campaign(id).path("chunks").path("done").asInt() == 1);
		this.campaignData.awaitQuiet(id);
		return id;
	}

	/** Advances the clock and evaluates the test. */
	private void evaluateAfter(String id, Duration step) {
		this.clock.advance(step);
		this.campaignData.passTime(id);
	}

	private JsonNode verdict(String id) {
		return this.campaignData.campaign(id).path("experiment").path("verdict");
	}

	private void react(List<String> sends, double share, String event) {
		this.campaignData.react(sends.subList(0, (int) Math.round(sends.size() * share)), event);
	}

}
