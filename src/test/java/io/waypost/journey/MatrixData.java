package io.waypost.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;

import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** One object of each kind in the tenant of the tests, and values for placeholders. */
final class MatrixData {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w-]+)}");

	private static final String UNKNOWN = "01936f00-0000-7000-8000-000000000001";

	/** Models that all tenants share; their paths contain the id of a model. */
	private static final List<String> SHARED = List.of("/journeys/{key}", "/diagrams/", "/decision-tables/{key}",
			"-definition/", "/deployment/", "/filter/", "/user/{id}/profile", "/metrics/", "/plugin/",
			"/authorization/", "/statistics");

	private final Map<String, String> ids = new LinkedHashMap<>();

	private final List<String> secrets = new ArrayList<>();

	private MatrixData() {
	}

	/** Creates the objects over HTTP. */
	static MatrixData create(ApplicationContext waypost, TestRestTemplate http) {
		MatrixData data = new MatrixData();
		Shop shop = Shop.in(waypost, http);
		String suffix = UUID.randomUUID().toString().substring(0, 8);
		String user = shop.customer();
		data.put("profiles", user);
		shop.fillCart(user, "cart-" + suffix);
		String send = data.create(shop, "/api/v1/campaigns/trigger",
				"{\"userId\":\"%s\",\"template\":\"welcome\"}".formatted(user), "sendId");
		data.put("sends", send);
		data.ids.put("messages", send);
		String segment = "matrix-" + suffix;
		data.create(shop, "/api/v1/segments",
				"{\"name\":\"%s\",\"description\":\"d\",\"owner\":\"crm\",\"definition\":\"did 'Product Added'\"}"
					.formatted(segment),
				"name");
		shop.api(Role.ADMIN, HttpMethod.POST, "/api/v1/segments/%s/versions/1/approve".formatted(segment), "");
		data.put("segments", segment);
		data.put("experiments", data.create(shop, "/api/v1/experiments", """
				{"key": "matrix-%s", "owner": "crm", "arms": [{"key": "control", "weight": 50}],
				 "defaultArm": "control", "metric": "CLICK"}
				""".formatted(suffix), "/definition/key"));
		data.put("templates", data.create(shop, "/api/v1/templates", """
				{"key": "matrix-%s", "topic": "marketing", "locale": "en", "subject": "Hello", "body": "Good day."}
				""".formatted(suffix), "key"));
		data.put("campaigns",
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.ignoreExceptions()
					.until(() -> data.create(shop, "/api/v1/campaigns", """
							{"name":"Matrix %s","goal":"welcome","template":"welcome","segment":"%s"}
							""".formatted(suffix, segment), "id"), (id) -> !id.isEmpty()));
		data.put("sources", data.create(shop, "/api/v1/sources", "{\"name\":\"matrix-%s\"}".formatted(suffix), "name"));
		data.put("tokens", data.create(shop, "/api/v1/tokens",
				"{\"name\":\"matrix-%s\",\"roles\":[\"MARKETER\"]}".formatted(suffix), "name"));
		data.put("users", TestTenant.user(Role.MARKETER));
		data.addFailedEvent(shop, suffix);
		data.addEngineIds(waypost, shop, user);
		return data;
	}

	private void put(String collection, String id) {
		this.ids.put(collection, id);
		this.secrets.add(id);
	}

	private String create(Shop shop, String path, String body, String field) {
		ResponseEntity<JsonNode> created = shop.api(Role.ADMIN, HttpMethod.POST, path, body);
		JsonNode answer = created.getBody();
		if (answer == null || !created.getStatusCode().is2xxSuccessful()) {
			throw new IllegalStateException("POST %s: %s".formatted(path, answer));
		}
		JsonNode id = field.startsWith("/") ? answer.at(field) : answer.path(field);
		return id.asText();
	}

	private void addFailedEvent(Shop shop, String suffix) {
		shop.send("batch", "{\"batch\":[{\"userId\":\"broken-%s\",\"type\":\"dance\"}]}".formatted(suffix));
		JsonNode failed = Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> shop.api(Role.ADMIN, HttpMethod.GET, "/api/v1/dead-letters", null).getBody().path("items"),
					(items) -> !items.isEmpty());
		put("dead-letters", failed.get(0).path("id").asText());
		this.ids.put("failed-events", failed.get(0).path("id").asText());
	}

	private void addEngineIds(ApplicationContext waypost, Shop shop, String user) {
		TaskService tasks = waypost.getBean(TaskService.class);
		Task task = tasks.newTask();
		task.setTenantId(TestTenant.ID.value());
		tasks.saveTask(task);
		tasks.addCandidateGroup(task.getId(), "reviewer");
		put("task", task.getId());
		this.ids.put("review", task.getId());
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> !shop.runs(user).isEmpty() && shop.runs(user).getFirst().get("process_instance_id") != null);
		Map<String, Object> run = shop.runs(user).getFirst();
		put("runs", String.valueOf(run.get("id")));
		put("process-instance", String.valueOf(run.get("process_instance_id")));
		this.ids.put("execution", String.valueOf(run.get("process_instance_id")));
		this.ids.put("activity-instance", String.valueOf(run.get("process_instance_id")));
	}

	/** Fills the placeholders with the ids of this tenant's objects. */
	String fill(String pattern) {
		String path = pattern;
		for (Map.Entry<String, String> id : this.ids.entrySet()) {
			path = path.replaceFirst("/" + id.getKey() + "/\\{[\\w-]+}", "/" + id.getKey() + "/" + id.getValue());
		}
		return dummies(path);
	}

	/** Fills the placeholders with ids that no object has. */
	static String dummies(String pattern) {
		return PLACEHOLDER.matcher(pattern).replaceAll(MatrixData::dummy).replace("**", "x");
	}

	private static String dummy(MatchResult placeholder) {
		return switch (placeholder.group(1)) {
			case "version" -> "1";
			case "engineName", "engine" -> "default";
			case "key", "name", "topic", "userId" -> "matrix-unknown";
			default -> UNKNOWN;
		};
	}

	/** A body with which the request reaches the search for its object. */
	static String body(String path) {
		if (path.contains("/consents/")) {
			return "{\"status\":\"DENIED\"}";
		}
		if (path.endsWith("/preview") || path.endsWith("/test")) {
			return "{\"userId\":\"matrix-unknown\"}";
		}
		if (path.endsWith("/roles")) {
			return "{\"roles\":[\"MARKETER\"]}";
		}
		return path.contains("/dead-letters/") && !path.endsWith("/replay") ? "{\"event\":{}}" : "{}";
	}

	static boolean isShared(String pattern) {
		return SHARED.stream().anyMatch(pattern::contains);
	}

	/** Whether a response contains one of this tenant's ids. */
	boolean isShown(String body) {
		return Stream.concat(this.secrets.stream(), Stream.of("user-" + UNKNOWN)).anyMatch(body::contains);
	}

}
