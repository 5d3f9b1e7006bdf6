package io.waypost.journey;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.ingestion.EventIngestion;
import io.waypost.ingestion.InternalEvent;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.TestTenant;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;

import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Profiles of one test, their segment and campaigns. */
final class CampaignTestData {

	private static final int AT_ONCE = 200;

	final Shop shop;

	final ProcessEngine engine;

	final JdbcClient jdbc;

	private final Segments segments;

	private final EventIngestion eventIngestion;

	private final Clock clock;

	final String segment = "campaign-test-" + UUID.randomUUID().toString().substring(0, 8);

	private final String event = "Asked " + this.segment;

	private int people;

	private CampaignTestData(Shop shop, ApplicationContext waypost) {
		this.shop = shop;
		this.engine = waypost.getBean(ProcessEngine.class);
		this.jdbc = waypost.getBean(JdbcClient.class);
		this.segments = waypost.getBean(Segments.class);
		this.eventIngestion = waypost.getBean(EventIngestion.class);
		this.clock = waypost.getBean(Clock.class);
	}

	static CampaignTestData in(ApplicationContext waypost, TestRestTemplate http) {
		CampaignTestData campaignData = new CampaignTestData(Shop.in(waypost, http), waypost);
		campaignData.define("did \"%s\"".formatted(campaignData.event));
		return campaignData;
	}

	/** Replaces the definition of the segment. */
	void define(String definition) {
		Segment added = this.segments.add(TestTenant.ID, "user:test",
				new SegmentDraft(this.segment, "Profiles of one test", "test", definition));
		this.segments.approve(TestTenant.ID, "user:test", this.segment, added.version());
	}

	/**
	 * Creates profiles with this local hour, with or without consent; returns their user
	 * ids.
	 */
	List<String> people(int number, int hour, boolean consent) {
		List<String> users = new ArrayList<>();
		for (int from = 0; from < number; from += AT_ONCE) {
			List<String> messages = new ArrayList<>();
			for (int person = from; person < Math.min(from + AT_ONCE, number); person++) {
				String user = this.segment + "-" + (++this.people);
				users.add(user);
				messages.add("""
						{"type":"identify","userId":"%1$s","traits":{"email":"%1$s@example.com","firstName":"Ada",
						"timezone":"%2$s"},"context":{"consent":{"categoryPreferences":{"marketing":%3$s}}}},
						{"type":"track","userId":"%1$s","event":"%4$s","properties":{}}
						""".formatted(user, Shop.zoneAt(hour), consent, this.event));
			}
			this.shop.send("batch", "{\"batch\":[" + String.join(",", messages) + "]}");
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> reached() == this.people);
		return users;
	}

	private long reached() {
		return this.segments.preview(TestTenant.ID, "did \"%s\"".formatted(this.event)).size();
	}

	String launched(String more) {
		String id = created("welcome", more);
		assertThat(act(id, "launch").getStatusCode().value()).isEqualTo(202);
		return id;
	}

	String created(String template, String more) {
		ResponseEntity<JsonNode> answer = this.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns", """
				{"name":"Trial","goal":"welcome","template":"%s","segment":"%s"%s}
				""".formatted(template, this.segment, more));
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(201);
		return answer.getBody().path("id").asText();
	}

	ResponseEntity<JsonNode> act(String id, String action) {
		return this.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns/" + id + "/" + action, "");
	}

	JsonNode campaign(String id) {
		return this.shop.api(Role.MARKETER, HttpMethod.GET, "/api/v1/campaigns/" + id, null).getBody();
	}

	JsonNode awaitStatus(String id, String status) {
		return Awaitility.await("campaign " + status)
			.atMost(Duration.ofSeconds(60))
			.until(() -> campaign(id), (campaign) -> campaign.path("status").asText().equals(status));
	}

	/** Waits until this number of sends fulfils the condition. */
	JsonNode awaitCount(String id, String where, int people) {
		return Awaitility.await(where + " " + people)
			.atMost(Duration.ofSeconds(60))
			.until(() -> campaign(id), (campaign) -> campaign.path("counts").path(where).asInt() == people);
	}

	/** Waits until no send is in dispatch or waits for a report. */
	void awaitQuiet(String id) {
		Awaitility.await("all delivered")
			.atMost(Duration.ofSeconds(60))
			.until(() -> count("status IN ('queued', 'submitting', 'accepted', 'unknown')", id) == 0
					&& count("status = 'delivered'", id) > 0);
	}

	int count(String condition, String id) {
		return this.jdbc.sql("SELECT count(*) FROM delivery.send WHERE run_id = ? AND " + condition)
			.param(UUID.fromString(id))
			.query(Integer.class)
			.single();
	}

	/** Returns the dispatched sends by variant: send to user. */
	Map<String, List<String>> delivered(String id) {
		Map<String, List<String>> byVariant = new HashMap<>();
		this.jdbc
			.sql("SELECT id::text, variant FROM delivery.send WHERE run_id = ? AND status = 'delivered' ORDER BY id")
			.param(UUID.fromString(id))
			.query((row) -> {
				byVariant.computeIfAbsent(row.getString("variant"), (variant) -> new ArrayList<>())
					.add(row.getString("id"));
			});
		return byVariant;
	}

	/** Reports events of the recipients of some sends, like a provider. */
	void react(List<String> sends, String event) {
		List<InternalEvent> events = new ArrayList<>();
		this.jdbc.sql("SELECT id::text AS send, profile_id FROM delivery.send WHERE id = ANY(?::uuid[])")
			.param(sends.toArray(String[]::new))
			.query((row) -> {
				String send = row.getString("send");
				events.add(new InternalEvent(new ProfileId(row.getObject("profile_id", UUID.class)), event,
						Map.of("email_id", send, "machine", false, "topic", "marketing"), this.clock.instant(),
						event + ":" + send));
			});
		assertThat(events).hasSameSizeAs(sends);
		this.eventIngestion.record(TestTenant.ID, events);
	}

	/** Ends the timer that the campaign waits for. */
	void passTime(String id) {
		this.shop.passTime(campaign(id).path("processInstanceId").asText());
	}

	Task task(String id) {
		return this.engine.getTaskService()
			.createTaskQuery()
			.processInstanceId(campaign(id).path("processInstanceId").asText())
			.singleResult();
	}

	long instances(String id) {
		return this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceBusinessKeyLike(id + "%")
			.count();
	}

}
