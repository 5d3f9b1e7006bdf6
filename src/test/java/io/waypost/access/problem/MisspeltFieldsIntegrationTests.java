package io.waypost.access.problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.problem.PublishedOperation.ClosedObject;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Misspelt fields in the body of every published operation. */
@WaypostTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisspeltFieldsIntegrationTests {

	/**
	 * Answers 200 with the problems of each row; its rows are those of
	 * /api/v1/catalog/items.
	 */
	private static final String ROW_BY_ROW = "/api/v1/catalog/imports";

	private static final Set<String> CHANGED_IN_THE_BACKGROUND = Set.of("public.act_ru_metrics",
			"public.act_ru_meter_log", "public.act_ru_job");

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	private PublicApi api;

	private PublicShop shop;

	private String template;

	private final String mark = "m" + UUID.randomUUID().toString().substring(0, 8);

	private JsonNode document;

	private List<PublishedOperation> operations;

	private final Map<String, String> paths = new TreeMap<>();

	@BeforeAll
	void prepare(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
		this.template = this.shop.unapprovedTemplate();
		this.shop.subscribe(this.mark, this.mark + "@example.com");
		this.api.event("batch", "{\"batch\":[{\"type\":\"dance\",\"userId\":\"%s\"}]}".formatted(this.mark))
			.expect(200);
		this.api.post("/api/v1/experiments", """
				{"key":"%s","owner":"anna","arms":[{"key":"plain"},{"key":"warm"}]}""".formatted(this.mark))
			.expect(201);
		this.api.post("/api/v1/experiments/%s/versions/1/approve".formatted(this.mark), "").expect(200);
		this.api.post("/api/v1/segments", """
				{"name":"%s","description":"All","owner":"growth","definition":"everyone"}""".formatted(this.mark))
			.expect(201);
		this.api.post("/api/v1/users", "{\"name\":\"%s\",\"roles\":[\"REVIEWER\"]}".formatted(this.mark));
		this.paths.put("/api/v1/users/{id}", "/api/v1/users/" + this.mark);
		this.document = this.api.read("/v3/api-docs");
		this.operations = PublishedOperation.of(this.document)
			.stream()
			.filter((operation) -> operation.path().startsWith("/api/"))
			.filter((operation) -> !operation.path().equals(ROW_BY_ROW))
			.toList();
		this.paths.put("/api/v1/profiles/{userId}", "/api/v1/profiles/" + this.mark);
		this.paths.put("/api/v1/templates/{key}", "/api/v1/templates/" + this.template);
		this.paths.put("/api/v1/experiments/{key}", "/api/v1/experiments/" + this.mark);
		this.paths.put("/api/v1/segments/{name}", "/api/v1/segments/" + this.mark);
		this.paths.put("/api/v1/dead-letters/{id}",
				"/api/v1/dead-letters/" + this.api.read("/api/v1/dead-letters?limit=1").at("/items/0/id").asText());
	}

	@Test
	void publishesEveryOperationThatChangesSomething() {
		Set<String> published = new TreeSet<>();
		this.document.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.fieldNames()
				.forEachRemaining((method) -> published.add(method + " " + path.getKey())));
		Set<String> missing = new TreeSet<>();
		for (RequestMappingInfo info : this.mappings.getHandlerMethods().keySet()) {
			for (RequestMethod method : info.getMethodsCondition().getMethods()) {
				info.getPatternValues()
					.stream()
					.filter((path) -> path.startsWith("/api/") || path.startsWith("/v1/"))
					.map((path) -> path.replaceAll("\\{(\\w+):[^}]*}", "{$1}").replaceAll("/$", ""))
					.map((path) -> method.name().toLowerCase(Locale.ROOT) + " " + path)
					.filter((call) -> !published.contains(call))
					.forEach(missing::add);
			}
		}
		assertThat(missing).isEmpty();
	}

	@Test
	void refusesEveryMisspeltFieldOfEveryBodyAndStoresNothing() {
		Map<String, Long> before = quietRows();
		List<String> wrong = new ArrayList<>();
		int tried = 0;
		for (PublishedOperation operation : this.operations) {
			for (ClosedObject object : closedObjects(operation)) {
				int kind = 0;
				for (String name : object.known()) {
					List<String> misspellings = Misspelling.all(name, object.known());
					for (int index = 0; index < misspellings.size(); index++) {
						if (index % 3 == kind % 3) {
							tried++;
							check(operation, object, name, misspellings.get(index), wrong);
						}
					}
					kind++;
				}
			}
		}
		assertThat(tried).isGreaterThan(100);
		assertThat(wrong).isEmpty();
		Map<String, Long> after = rows();
		after.entrySet().removeAll(before.entrySet());
		assertThat(after).as("tables with new rows").isEmpty();
	}

	private void check(PublishedOperation operation, ClosedObject object, String name, String misspelt,
			List<String> wrong) {
		JsonNode body = object.body().deepCopy();
		ObjectNode place = (ObjectNode) body.at(object.pointer());
		JsonNode value = place.has(name) ? place.remove(name) : IntNode.valueOf(1);
		place.set(misspelt, value);
		Reply reply = this.api.call(operation.method(), path(operation), body.toString());
		String pointer = object.pointer() + "/" + misspelt;
		if (reply.status() != 400 || !reply.isProblem() || !reply.pointers().contains(pointer)) {
			wrong.add("%s %s → %d %s".formatted(operation.name(), pointer, reply.status(), shortened(reply)));
		}
		else if (!detail(reply, pointer).contains("'" + name + "'")
				&& !detail(reply, pointer).matches("(?s).*\\b" + name + "\\b.*")) {
			wrong.add(
					"%s %s does not suggest %s: %s".formatted(operation.name(), pointer, name, detail(reply, pointer)));
		}
	}

	@Test
	void refusesFieldsWithoutAnySimilarName() {
		List<String> wrong = new ArrayList<>();
		for (PublishedOperation operation : this.operations) {
			for (ClosedObject object : closedObjects(operation)) {
				for (String name : List.of("zzqxv", "$schema", "comment", "x-vendor", "__proto__", "")) {
					JsonNode body = object.body().deepCopy();
					((ObjectNode) body.at(object.pointer())).set(name, NullNode.getInstance());
					Reply reply = this.api.call(operation.method(), path(operation), body.toString());
					if (reply.status() != 400 || !reply.pointers().contains(object.pointer() + "/" + name)) {
						wrong.add("%s %s/%s → %d %s".formatted(operation.name(), object.pointer(), name, reply.status(),
								shortened(reply)));
					}
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			experimant | /experimant | experiment
			Experiment | /Experiment | experiment
			experiment_ | /experiment_ | experiment
			'experiment ' | '/experiment ' | experiment
			a/b | /a~1b |
			a~b | /a~0b |
			nаme | /nаme | name
			hold out percent | /hold out percent | holdoutPercent
			HOLDOUTPERCENT | /HOLDOUTPERCENT | holdoutPercent
			""")
	void pointsToTheFieldAsItWasWritten(String field, String pointer, String suggestion) {
		String body = "{\"name\":\"x\",\"template\":\"%s\",\"segment\":\"%s\",\"%s\":1}"
			.formatted(this.shop.approvedTemplate(), this.mark, field);
		Reply reply = this.api.post("/api/v1/campaigns", body).expect(400);
		assertThat(reply.pointers()).contains(pointer);
		if (suggestion != null) {
			assertThat(detail(reply, pointer)).contains(suggestion);
		}
	}

	@Test
	void reportsAllMisspeltFieldsTogether() {
		Reply reply = this.api.post("/api/v1/campaigns", """
				{"nmae":"x","template":"t","segment":"s","experiment":{"variants":["a",{"name":"b","subjct":"Hi"}],
				"metrc":"click","testPercnt":20},"holdoutPercnt":5}""").expect(400);
		assertThat(reply.pointers()).contains("/nmae", "/experiment/variants/1/subjct", "/experiment/metrc",
				"/experiment/testPercnt", "/holdoutPercnt");
	}

	@Test
	void reportsFieldsOfEachElementOfAnArray() {
		Reply reply = this.api.post("/api/v1/catalog/items", """
				[{"id":"a","name":"A","category":"C","price":1,"currency":"EUR","url":"https://shop.example/a"},
				{"id":"b","nam":"B","category":"C","price":1,"currency":"EUR","url":"https://shop.example/b"},
				{"id":"c","name":"C","category":"C","price":1,"curency":"EUR","url":"https://shop.example/c"}]""")
			.expect(400);
		assertThat(reply.pointers()).contains("/1/nam", "/2/curency");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json;charset=UTF-8", "application/json; charset=utf-8; profile=x",
			"application/vnd.shop+json", "APPLICATION/JSON" })
	void refusesMisspeltFieldsOfAnyJsonType(String type) {
		Reply reply = this.api.post("/api/v1/suppressions",
				"{\"email\":\"%s@example.com\",\"reason\":\"MANUAL\",\"reson\":\"x\"}".formatted(this.mark),
				"Content-Type", type);
		assertThat(reply.status()).isIn(400, 415);
		if (reply.status() == 400) {
			assertThat(reply.pointers()).contains("/reson");
		}
	}

	@Test
	void keepsAnIdempotencyKeyFreeAfterARefusal() {
		String key = UUID.randomUUID().toString();
		String body = "{\"userId\":\"%s\",\"template\":\"%s\"}".formatted(this.mark, this.shop.approvedTemplate());
		this.api.post("/api/v1/campaigns/trigger", body.replace("template", "tempalte"), "Idempotency-Key", key)
			.expect(400);
		this.api.post("/api/v1/campaigns/trigger", body, "Idempotency-Key", key).expect(202);
	}

	@Test
	void refusesFieldsForOperationsThatTakeNone() {
		String campaign = this.api.post("/api/v1/campaigns", """
				{"name":"x","template":"%s","segment":"%s"}""".formatted(this.template, segmentOf(this.mark)))
			.expect(201)
			.json()
			.path("id")
			.asText();
		List<String> accepted = new ArrayList<>();
		for (String path : List.of("/api/v1/templates/%s/versions/1/approve".formatted(this.template),
				"/api/v1/experiments/%s/versions/1/approve".formatted(this.mark),
				"/api/v1/campaigns/%s/launch".formatted(campaign), "/api/v1/campaigns/%s/pause".formatted(campaign),
				"/api/v1/campaigns/%s/cancel".formatted(campaign),
				this.paths.get("/api/v1/dead-letters/{id}") + "/replay")) {
			Reply reply = this.api.post(path, "{\"schedule\":\"2030-01-01T09:00:00Z\"}");
			if (reply.status() != 400 || !reply.pointers().contains("/schedule")) {
				accepted.add(reply.call() + " → " + reply.status() + " " + shortened(reply));
			}
		}
		assertThat(accepted).isEmpty();
	}

	@Test
	void acceptsAnyFieldOfOpenObjects() {
		this.api
			.post("/api/v1/campaigns/trigger",
					"""
							{"userId":"%s","template":"%s","properties":{"anything":"a","userID":"b","tempalte":"c"}}"""
						.formatted(this.mark, this.shop.approvedTemplate()))
			.expect(202);
		this.api
			.event("track",
					"""
							{"userId":"%s","event":"Product Viewed","properties":{"prodct_id":"x","deep":{"er":[{"est":1}]}},
							"context":{"anything":{"at":"all"}},"integrations":{"All":false},"channel":"server"}"""
						.formatted(this.mark),
					"X-Strict-Mode", "1")
			.expect(200);
		this.api
			.event("identify",
					"""
							{"userId":"%s","traits":{"shoeSize":42,"adress":{"x":1}},"_metadata":{"nodeVersion":"20"},"version":2}"""
						.formatted(this.mark))
			.expect(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"userId":"USER","event":"Product Viewed","proprties":{"a":1}} | /proprties | properties
			{"userId":"USER","event":"Product Viewed","timestmp":"2026-01-01T00:00:00Z"} | /timestmp | timestamp
			{"userId":"USER","event":"Product Viewed","contxt":{}} | /contxt | context
			""")
	void refusesMisspeltFieldsOfEventsInStrictMode(String body, String pointer, String suggestion) {
		Reply reply = this.api.event("track", body.replace("USER", this.mark), "X-Strict-Mode", "1").expect(400);
		assertThat(reply.pointers()).contains(pointer);
		assertThat(reply.text()).contains(suggestion);
	}

	@Test
	void suggestsTheNearestColumnOfAFile() {
		Reply reply = this.api
			.call("POST", "/api/v1/profiles/import", "userId,emial\nx,x@example.com\n", "Content-Type", "text/csv")
			.expect(400);
		assertThat(reply.text()).contains("emial", "email");
	}

	/** A live segment with one member. */
	private String segmentOf(String user) {
		String name = "s" + user;
		this.api.event("track", "{\"userId\":\"%s\",\"event\":\"Asked %s\"}".formatted(user, name)).expect(200);
		this.api
			.post("/api/v1/segments",
					"""
							{"name":"%1$s","description":"All","owner":"growth","definition":"did \\"Asked %1$s\\""}"""
						.formatted(name))
			.expect(201);
		this.api.post("/api/v1/segments/%s/versions/1/approve".formatted(name), "").expect(200);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.api
				.post("/api/v1/segments/preview", "{\"definition\":\"did \\\"Asked %s\\\"\"}".formatted(name))
				.json()
				.path("size")
				.asInt() == 1);
		return name;
	}

	/** A corrected event is as open as the events of sources. */
	private static List<ClosedObject> closedObjects(PublishedOperation operation) {
		return operation.closedObjects()
			.stream()
			.filter((object) -> !operation.path().startsWith("/api/v1/dead-letters") || object.pointer().isEmpty())
			.toList();
	}

	private String path(PublishedOperation operation) {
		String path = operation.path();
		for (Map.Entry<String, String> known : this.paths.entrySet()) {
			path = path.replace(known.getKey(), known.getValue());
		}
		return path.replace("{version}", "1").replace("{topic}", "marketing").replaceAll("\\{[^}]+}", "x");
	}

	private static String detail(Reply reply, String pointer) {
		for (JsonNode error : reply.json().path("errors")) {
			if (error.path("pointer").asText().equals(pointer)) {
				return error.path("detail").asText();
			}
		}
		return "";
	}

	private static String shortened(Reply reply) {
		return reply.text().substring(0, Math.min(300, reply.text().length()));
	}

	/** Rows after the work of other tests is done. */
	private Map<String, Long> quietRows() {
		Map<String, Long> last = rows();
		for (int time = 0; time < 20; time++) {
			LockSupport.parkNanos(Duration.ofMillis(1200).toNanos());
			Map<String, Long> now = rows();
			if (now.equals(last)) {
				return now;
			}
			last = now;
		}
		return last;
	}

	private Map<String, Long> rows() {
		Map<String, Long> rows = new TreeMap<>();
		for (String table : this.jdbc.sql("""
				select table_schema || '.' || table_name from information_schema.tables
				where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')""")
			.query(String.class)
			.list()) {
			if (!CHANGED_IN_THE_BACKGROUND.contains(table)) {
				rows.put(table, this.jdbc.sql("select count(*) from " + table).query(Long.class).single());
			}
		}
		return rows;
	}

}
