package io.waypost.journey.engine;

import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts of processes over the engine's REST API without the variables they need or with
 * a journey run that cannot be started.
 */
@WaypostTest
class StartVariablesIntegrationTests {

	private static final String OWN_MODEL = """
			<?xml version="1.0" encoding="UTF-8"?>
			<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
				xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
				<process id="needs-colour" isExecutable="true" camunda:historyTimeToLive="P1D">
					<startEvent id="start">
						<extensionElements>
							<camunda:properties>
								<camunda:property name="owner" value="growth"/>
								<camunda:property name="requiredVariables" value="colour, size"/>
							</camunda:properties>
						</extensionElements>
					</startEvent>
					<sequenceFlow id="f" sourceRef="start" targetRef="end"/>
					<endEvent id="end"/>
				</process>
			</definitions>
			""";

	private static final UUID PROFILE = UUID.fromString("018f5d3e-0000-7000-8000-000000000001");

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private RepositoryService repository;

	@Autowired
	private HistoryService history;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void addTemplate(@Autowired TemplateRepository templates) {
		if (templates.find(TestTenant.ID, "milestone", "en").isEmpty()) {
			templates.add(TestTenant.ID, "user:test",
					new Template("milestone", 0, "marketing", "en", null, null, null, null, null, false));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			welcome              | profileId, runId, template, topic
			cart-abandonment     | profileId, runId, template, topic, delay
			re-engagement        | profileId, runId, template, topic
			milestone            | profileId, runId, template, topic
			single-message       | profileId, runId, template, topic
			personalised-message | profileId, runId, journey, step, template, topic
			campaign-chunk       | campaignId, chunk
			""")
	void refusesAStartAndNamesTheMissingVariables(String key, String missing) {
		long before = instances(key);
		ResponseEntity<String> answer = start(key, "{}");
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getHeaders().getContentType())
			.satisfies((type) -> assertThat(type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)).isTrue());
		assertThat(answer.getBody()).contains("'" + key + "'", "without the variables " + missing + ";");
		assertThat(instances(key)).as("instances, also of earlier tests").isEqualTo(before);
	}

	@Test
	void namesOnlyMissingVariables() {
		ResponseEntity<String> answer = start("milestone", """
				{"variables": {"template": {"value": "milestone"}, "topic": {"value": null},
					"profileId": {"value": "018f5d3e-0000-7000-8000-000000000001"}}}
				""");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains("without the variables runId, topic;");
	}

	@Test
	void refusesAnUnknownRun() {
		long before = instances("milestone");
		String unknown = UUID.randomUUID().toString();
		ResponseEntity<String> answer = start("milestone", variables(unknown));
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains("runId", unknown, "/api/v1/journeys/runs");
		assertThat(instances("milestone")).isEqualTo(before);
	}

	@Test
	void refusesARunIdThatIsNoUuid() {
		ResponseEntity<String> answer = start("milestone", variables("order-7"));
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains("runId", "'order-7'");
	}

	@Test
	void suggestsTheNameOfAMisspeltVariable() {
		String pending = insertRun(TestTenant.ID.value(), "pending");
		ResponseEntity<String> answer = start("milestone", variables(pending).replaceFirst("\\{\"variables\": \\{",
				"{\"variables\": {\"tempalte\": {\"value\": \"x\"}, "));
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains("'tempalte'", "'template'");
		assertThat(status(pending)).isEqualTo("pending");
	}

	@Test
	void refusesARunOfAnotherTenant() {
		String foreign = insertRun("another-tenant", "pending");
		assertThat(start("milestone", variables(foreign)).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(status(foreign)).isEqualTo("pending");
	}

	@ParameterizedTest
	@ValueSource(strings = { "running", "ended", "failed" })
	void refusesARunThatHasStarted(String status) {
		String started = insertRun(TestTenant.ID.value(), status);
		assertThat(start("milestone", variables(started)).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(status(started)).isEqualTo(status);
	}

	@Test
	void startsAPendingRunOnce() {
		String pending = insertRun(TestTenant.ID.value(), "pending");
		ResponseEntity<String> first = start("milestone", variables(pending));
		assertThat(first.getStatusCode()).as(first.getBody()).isEqualTo(HttpStatus.OK);
		assertThat(status(pending)).isNotEqualTo("pending");
		assertThat(start("milestone", variables(pending)).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void readsTheRequirementFromTheModel() {
		String deployment = this.repository.createDeployment()
			.addString("needs-colour.bpmn", OWN_MODEL)
			.deploy()
			.getId();
		try {
			assertThat(start("needs-colour", "{\"variables\": {\"size\": {\"value\": 7}}}").getBody())
				.contains("without the variables colour;");
			assertThat(start("needs-colour",
					"{\"variables\": {\"size\": {\"value\": 7}, \"colour\": {\"value\": \"red\"}}}")
				.getStatusCode()).isEqualTo(HttpStatus.OK);
		}
		finally {
			this.repository.deleteDeployment(deployment, true);
		}
	}

	private static String variables(String run) {
		return """
				{"variables": {"template": {"value": "milestone"}, "topic": {"value": "marketing"},
					"profileId": {"value": "%s"}, "runId": {"value": "%s"}}}
				""".formatted(PROFILE, run);
	}

	/** The run is due far in the future, so that the node does not start it. */
	private String insertRun(String tenant, String status) {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					INSERT INTO journey.run (tenant_id, id, journey, profile_id, key, template, topic, delay, status, trigger,
						properties, created_at, next_attempt_at)
					VALUES (?, ?, 'milestone', ?, '', 'milestone', 'marketing', 'PT0S', ?, '{}', '{}', now(), now() + interval '1 day')
					""")
			.params(tenant, id, PROFILE, status)
			.update();
		return id.toString();
	}

	private String status(String run) {
		return this.jdbc.sql("SELECT status FROM journey.run WHERE id = ?")
			.param(UUID.fromString(run))
			.query(String.class)
			.single();
	}

	private long instances(String key) {
		return this.history.createHistoricProcessInstanceQuery().processDefinitionKey(key).count();
	}

	private ResponseEntity<String> start(String key, String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setBearerAuth(TestTenant.token(Role.MARKETER));
		return this.http.exchange("/engine-rest/process-definition/key/" + key + "/start", HttpMethod.POST,
				new HttpEntity<>(body, headers), String.class);
	}

}
