package io.waypost.journey.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Role;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Starts of processes over the engine's REST API without usable variables. */
@WaypostTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingStartVariablesIntegrationTests {

	private static final Pattern REQUIRED = Pattern.compile("name=\"requiredVariables\" value=\"([^\"]+)\"");

	private PublicApi api;

	private final String user = "starter-" + UUID.randomUUID();

	private String profile;

	private String neighbour;

	private String template;

	@Autowired
	private JdbcClient jdbc;

	/** A journey with the variables that its start event requires. */
	record StartableJourney(String key, List<String> required) {

	}

	static List<StartableJourney> journeys() throws IOException {
		List<StartableJourney> journeys = new ArrayList<>();
		try (Stream<Path> files = Files.list(Path.of("processes"))) {
			for (Path file : files.sorted().toList()) {
				Matcher required = REQUIRED.matcher(Files.readString(file));
				if (required.find()) {
					journeys.add(new StartableJourney(file.getFileName().toString().replace(".bpmn", ""),
							List.of(required.group(1).split("\\s*,\\s*", -1))));
				}
			}
		}
		assertThat(journeys).hasSizeGreaterThanOrEqualTo(7);
		return journeys;
	}

	@BeforeAll
	void prepare(@LocalServerPort int port) {
		PublicApi all = PublicApi.on(port);
		PublicShop shop = PublicShop.open(all);
		shop.subscribe(this.user, this.user + "@example.com");
		this.template = shop.approvedTemplate();
		all.event("identify", "{\"userId\":\"neighbour-%s\"}".formatted(this.user)).expect(200);
		this.neighbour = all.read("/api/v1/profiles/neighbour-" + this.user).path("id").asText();
		this.profile = all.read("/api/v1/profiles/" + this.user).path("id").asText();
		this.api = all.as(TestTenant.token(Role.MARKETER));
	}

	/** A run that waits for its start, which is due tomorrow. */
	private String pendingRun(String journey) {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					insert into journey.run (tenant_id, id, journey, profile_id, key, template, topic, delay, status, trigger,
					created_at, next_attempt_at) values (?, ?, ?, ?::uuid, ?, 'welcome', 'marketing', 'PT1H', 'pending', '{}',
					now(), now() + interval '1 day')""")
			.params(TestTenant.ID.value(), id, journey, this.profile, id.toString())
			.update();
		return id.toString();
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void namesAllMissingVariablesOfEveryWayToStart(StartableJourney journey) {
		String id = this.api.read("/engine-rest/process-definition/key/" + journey.key()).path("id").asText();
		for (String path : List.of("key/" + journey.key() + "/start", id + "/start",
				"key/" + journey.key() + "/submit-form", id + "/submit-form")) {
			for (String body : List.of("{}", "{\"variables\":{}}",
					"{\"businessKey\":\"%s\"}".formatted(UUID.randomUUID()))) {
				Reply reply = start(journey, path, body);
				assertThat(reply.status()).as(path + body + reply.text()).isEqualTo(400);
				assertThat(reply.text()).contains(journey.required());
			}
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void startsNothingForATenantByPath(StartableJourney journey) {
		for (String action : List.of("start", "submit-form")) {
			assertThat(start(journey, "key/%s/tenant-id/%s/%s".formatted(journey.key(), TestTenant.ID.value(), action),
					"{\"variables\":{}}")
				.status()).isBetween(400, 499);
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void namesTheOneMissingVariable(StartableJourney journey) {
		for (String missing : journey.required()) {
			Map<String, Object> variables = variables(journey);
			variables.remove(missing);
			Reply reply = start(journey, variables);
			assertThat(reply.status()).as(missing + ": " + reply.text()).isEqualTo(400);
			assertThat(reply.text()).contains(missing);
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void startsAPendingRunWithAllVariables(StartableJourney journey) {
		if (journey.required().contains("runId")) {
			Reply reply = start(journey, variables(journey));
			assertThat(reply.status()).as(reply.text()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void refusesTheRunOfAnotherJourney(StartableJourney journey) {
		if (journey.required().contains("runId") && !journey.key().equals("personalised-message")) {
			Map<String, Object> variables = variables(journey);
			variables.put("runId", pendingRun("some-other-journey"));
			Reply reply = start(journey, variables);
			assertThat(reply.status()).as(reply.text()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void refusesTheProfileOfAnotherRun(StartableJourney journey) {
		if (journey.required().contains("runId")) {
			Map<String, Object> variables = variables(journey);
			variables.put("profileId", this.neighbour);
			Reply reply = start(journey, variables);
			assertThat(reply.status()).as(reply.text()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void refusesNullsEmptyTextsAndOtherTypes(StartableJourney journey) {
		List<String> accepted = new ArrayList<>();
		for (String name : journey.required()) {
			for (String value : List.of("{\"value\":null}", "{\"value\":\"\"}", "{\"value\":true}",
					"{\"value\":{\"a\":1},\"type\":\"Json\"}", "{\"value\":[\"a\"]}")) {
				Reply reply = start(journey, "key/" + journey.key() + "/start",
						with(variables(journey), name, value).toString());
				if (reply.status() != 400 || !value.contains("{\"a\"") && !reply.text().contains(name)) {
					accepted.add("%s=%s → %d %s".formatted(name, value, reply.status(), reply.text()));
				}
			}
		}
		assertThat(accepted).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void refusesValuesThatMeanNothing(StartableJourney journey) {
		List<String> accepted = new ArrayList<>();
		Map<String, List<String>> wrong = Map.of("tenantId", List.of("nobody", "neighbour"), "profileId",
				List.of("not-a-uuid", UUID.randomUUID().toString()), "runId",
				List.of("not-a-uuid", UUID.randomUUID().toString()), "delay", List.of("soon", "-PT1H", "1h"),
				"followUpDelay", List.of("tomorrow"), "campaignId", List.of("x", UUID.randomUUID().toString()));
		for (String name : journey.required()) {
			for (String value : wrong.getOrDefault(name, List.of())) {
				Map<String, Object> variables = variables(journey);
				variables.put(name, value);
				Reply reply = start(journey, variables);
				if (reply.status() < 400 || reply.status() > 499) {
					accepted.add("%s=%s → %d %s".formatted(name, value, reply.status(), reply.text()));
				}
			}
		}
		assertThat(accepted).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void refusesAnUnknownRun(StartableJourney journey) {
		if (journey.required().contains("runId")) {
			Map<String, Object> variables = variables(journey);
			String unknown = UUID.randomUUID().toString();
			variables.put("runId", unknown);
			Reply reply = start(journey, variables);
			assertThat(reply.status()).as(reply.text()).isEqualTo(400);
			assertThat(reply.text()).contains("runId", unknown);
		}
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void refusesToStartBehindTheStartEvent(StartableJourney journey) {
		String xml = this.api.read("/engine-rest/process-definition/key/" + journey.key() + "/xml")
			.path("bpmn20Xml")
			.asText();
		Matcher first = Pattern.compile("<bpmn:(?:callActivity|serviceTask|eventBasedGateway) id=\"([^\"]+)\"")
			.matcher(xml);
		assertThat(first.find()).isTrue();
		for (String options : List.of("", ",\"skipCustomListeners\":true,\"skipIoMappings\":true")) {
			Reply reply = start(journey, "key/" + journey.key() + "/start", """
					{"variables":{},"startInstructions":[{"type":"startBeforeActivity","activityId":"%s"}]%s}"""
				.formatted(first.group(1), options));
			assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"variables\":{}}", "{\"variables\":{\"name\":{\"value\":\"x\"}}}",
			"{\"variables\":{\"name\":{\"value\":7},\"template\":{\"value\":true},\"segment\":{\"value\":null}}}",
			"{\"variables\":{\"campaignId\":{\"value\":\"01a22c55-590d-7000-8025-3e8d74b40af7\"}}}",
			"{\"variables\":{\"campaignId\":{\"value\":\"x\"}}}" })
	void refusesACampaignWithoutBrief(String body) {
		for (String action : List.of("start", "submit-form")) {
			Reply reply = start(new StartableJourney("campaign", List.of()), "key/campaign/" + action, body);
			assertThat(reply.status()).as(body + reply.text()).isEqualTo(400);
		}
	}

	@Test
	void namesTheVariablesThatMessagesOfAnUndeclaredModelRead() throws IOException {
		String key = "undeclared";
		deploy(this.api.as(TestTenant.token(Role.MODELER)), key,
				model(key, "none").replaceAll("(?s)<camunda:properties>.*?</camunda:properties>", ""));
		StartableJourney journey = new StartableJourney(key, List.of());
		Reply reply = start(journey, "key/undeclared/start",
				"{\"variables\":{\"template\":{\"value\":\"welcome\"},\"topic\":{\"value\":\"marketing\"}}}");
		assertThat(reply.status()).as(reply.text()).isEqualTo(400);
		assertThat(reply.text()).contains("profileId, runId").doesNotContain("profileId, runId, t");
	}

	@Test
	void refusesUnknownTemplatesAndOtherTopics() {
		StartableJourney journey = journey("single-message");
		for (Map.Entry<String, String> wrong : Map.of("template", "no-such-template", "topic", "service").entrySet()) {
			Map<String, Object> variables = variables(journey);
			variables.put(wrong.getKey(), wrong.getValue());
			Reply reply = start(journey, variables);
			assertThat(reply.status()).as(reply.text()).isEqualTo(400);
			assertThat(reply.text()).contains(wrong.getKey(), wrong.getValue());
		}
	}

	@Test
	void namesTheMissingFieldsOfACampaign() {
		assertThat(
				start(new StartableJourney("campaign", List.of()), "key/campaign/start", "{\"variables\":{}}").text())
			.contains("name", "template", "segment");
	}

	@Test
	void refusesMessagesAndSignalsThatWouldStartAJourney() throws IOException {
		PublicApi modeler = this.api.as(TestTenant.token(Role.MODELER));
		for (String kind : List.of("message", "signal")) {
			String key = "started-by-" + kind;
			deploy(modeler, key, model(key, kind));
			for (String body : List.of("{\"messageName\":\"Msg_%s\"}", "{\"messageName\":\"Msg_%s\",\"all\":true}",
					"{\"messageName\":\"Msg_%s\",\"resultEnabled\":true,\"processVariables\":{\"template\":{\"value\":\"x\"}}}")) {
				String call = kind.equals("message") ? "/engine-rest/message" : "/engine-rest/signal";
				String content = kind.equals("message") ? body.formatted(key) : "{\"name\":\"Msg_%s\"}".formatted(key);
				long before = instances(key);
				Reply reply = this.api.post(call, content);
				assertThat(reply.status()).as(kind + reply.text()).isBetween(400, 499);
				assertThat(instances(key)).isEqualTo(before);
			}
		}
	}

	@Test
	void refusesMessagesThatNoRunWaitsFor() {
		this.api
			.post("/engine-rest/message",
					"{\"messageName\":\"Msg_OrderCompleted\",\"businessKey\":\"%s\"}".formatted(UUID.randomUUID()))
			.expect(400, 403);
	}

	private static StartableJourney journey(String key) {
		return new StartableJourney(key, List.of("profileId", "runId", "template", "topic"));
	}

	private static String model(String key, String kind) throws IOException {
		if (kind.equals("none")) {
			return Files.readString(Path.of("processes/single-message.bpmn"))
				.replace("\"single-message\"", "\"" + key + "\"");
		}
		String definition = "<bpmn:%1$sEventDefinition id=\"d\" %1$sRef=\"m\" />".formatted(kind);
		return Files.readString(Path.of("processes/single-message.bpmn"))
			.replace("\"single-message\"", "\"" + key + "\"")
			.replaceFirst("</bpmn:startEvent>", definition + "</bpmn:startEvent>")
			.replaceFirst("<bpmndi:BPMNDiagram",
					"<bpmn:%s id=\"m\" name=\"Msg_%s\" /><bpmndi:BPMNDiagram".formatted(kind, key));
	}

	private static void deploy(PublicApi modeler, String key, String model) {
		String body = """
				--x\r
				Content-Disposition: form-data; name="deployment-name"\r
				\r
				%1$s\r
				--x\r
				Content-Disposition: form-data; name="%1$s.bpmn"; filename="%1$s.bpmn"\r
				Content-Type: text/xml\r
				\r
				%2$s\r
				--x--\r
				""".formatted(key, model);
		modeler.call("POST", "/engine-rest/deployment/create", body, "Content-Type", "multipart/form-data; boundary=x")
			.expect(200);
	}

	private Map<String, Object> variables(StartableJourney journey) {
		Map<String, Object> all = new LinkedHashMap<>(Map.of("tenantId", TestTenant.ID.value(), "profileId",
				this.profile, "runId", pendingRun(journey.key()), "template", this.template, "topic", "marketing",
				"delay", "PT1H", "followUpDelay", "PT1H", "journey", "api", "step", "message"));
		all.putAll(Map.of("campaignId", UUID.randomUUID().toString(), "chunk", 1));
		all.keySet().retainAll(journey.required());
		assertThat(all.keySet()).containsExactlyInAnyOrderElementsOf(journey.required());
		return all;
	}

	private static ObjectNode with(Map<String, Object> variables, String name, String value) {
		ObjectNode body = body(variables);
		((ObjectNode) body.path("variables")).set(name, new Reply("", 200, "", value).json());
		return body;
	}

	private static ObjectNode body(Map<String, Object> variables) {
		ObjectNode body = PublicApi.JSON.createObjectNode();
		ObjectNode all = body.putObject("variables");
		variables.forEach((name, value) -> all.putObject(name).set("value", PublicApi.JSON.valueToTree(value)));
		return body;
	}

	private Reply start(StartableJourney journey, Map<String, Object> variables) {
		return start(journey, "key/" + journey.key() + "/start", body(variables).toString());
	}

	/** Tries to start; nothing may have started when the answer says so. */
	private Reply start(StartableJourney journey, String path, String body) {
		long before = instances(journey.key());
		Reply reply = this.api.post("/engine-rest/process-definition/" + path, body);
		if (reply.status() >= 400) {
			assertThat(instances(journey.key())).as("instances after " + reply.text()).isEqualTo(before);
		}
		else {
			// Its jobs would fail beside the tests that follow
			this.api.as(TestTenant.token(Role.ADMIN))
				.call("DELETE", "/engine-rest/process-instance/" + reply.json().path("id").asText(), null);
		}
		return reply;
	}

	private long instances(String key) {
		return this.api.as(TestTenant.token(Role.ADMIN))
			.read("/engine-rest/history/process-instance/count?processDefinitionKey=" + key)
			.path("count")
			.asLong();
	}

}
