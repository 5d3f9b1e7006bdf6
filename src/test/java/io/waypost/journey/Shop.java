package io.waypost.journey;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.Money;
import io.waypost.testing.TestSource;
import io.waypost.testing.TestTenant;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;

import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A shop with customers: events are sent over HTTP, sends are read back. */
final class Shop {

	private static final Set<TemplateRepository> OPEN = Collections.newSetFromMap(new ConcurrentHashMap<>());

	private final TestRestTemplate http;

	private final TestSource source;

	private final ProcessEngine engine;

	private final JdbcClient jdbc;

	private final Profiles profiles;

	/** Several classes fill the catalogue of the shared tenant. */
	private static final Set<String> HOSTS = Set.of("shop.example", "hearth.example");

	private Shop(TestRestTemplate http, ProcessEngine engine, JdbcClient jdbc, Profiles profiles) {
		this.http = http;
		this.source = new TestSource(http.getRootUri());
		this.engine = engine;
		this.jdbc = jdbc;
		this.profiles = profiles;
	}

	/** One in a running Waypost, which is the one that the client talks to. */
	static Shop in(ApplicationContext waypost, TestRestTemplate http) {
		TemplateRepository templates = waypost.getBean(TemplateRepository.class);
		if (OPEN.add(templates)) {
			stock(templates, waypost.getBean(BrandKitRepository.class), waypost.getBean(ProductCatalogue.class));
		}
		return new Shop(http, waypost.getBean(ProcessEngine.class), waypost.getBean(JdbcClient.class),
				waypost.getBean(Profiles.class));
	}

	private static void stock(TemplateRepository templates, BrandKitRepository brands, ProductCatalogue catalogue) {
		BrandKit kit = brands.add(TestTenant.ID, "user:test",
				new BrandKit(0, "Test Shop", "hello@shop.example", List.of("Test Shop", "1 High Street", "London"),
						"https://shop.example", "https://shop.example/logo.png", "#224466", HOSTS, Set.of("cheap")));
		brands.approve(TestTenant.ID, "user:test", kit.version());
		for (String key : List.of("welcome", "welcome-follow-up", "cart-abandonment", "cart-reminder",
				"cart-last-reminder", "milestone", "re-engagement")) {
			Template template = templates.add(TestTenant.ID, "user:test", template(key));
			templates.approve(TestTenant.ID, "user:test", key, template.version());
		}
		templates.add(TestTenant.ID, "user:test", template("not-approved"));
		catalogue.save(TestTenant.ID,
				List.of(product("teapot", "Blue teapot", "19.95"), product("cup", "White cup", "4.50")));
	}

	private static Template template(String key) {
		return new Template(key, 0, "marketing", "en", null, null, null, null, null, false);
	}

	private static CatalogueItem product(String id, String name, String price) {
		return new CatalogueItem(
				new Product(id, name, "Kitchen", new Money(new BigDecimal(price), Currency.getInstance("GBP")),
						"https://shop.example/" + id + ".png", "https://shop.example/" + id),
				10);
	}

	/** Creates a subscribed customer whose local time is noon. */
	String customer() {
		String user = "user-" + UUID.randomUUID();
		identify(user, zoneAt(12), true);
		return user;
	}

	void identify(String user, String zone, boolean consent) {
		send("identify", """
				{"userId":"%s","traits":{"email":"%s@example.com","firstName":"Ada","timezone":"%s"},
				"context":{"consent":{"categoryPreferences":{"marketing":%s}}}}
				""".formatted(user, user, zone, consent));
	}

	/** A zone where it is this hour now. */
	static String zoneAt(int hour) {
		int difference = hour - Instant.now().atOffset(ZoneOffset.UTC).getHour();
		int east = (difference > 12) ? difference - 24 : (difference < -11) ? difference + 24 : difference;
		return (east == 0) ? "Etc/GMT" : "Etc/GMT%+d".formatted(-east);
	}

	void track(String user, String event, String properties) {
		send("track", "{\"userId\":\"%s\",\"event\":\"%s\",\"properties\":%s}".formatted(user, event, properties));
	}

	void fillCart(String user, String cart) {
		track(user, "Product Added", """
				{"cart_id":"%s","product_id":"teapot","name":"Blue teapot","price":19.95,"currency":"GBP","quantity":1,
				"category":"Kitchen","image_url":"https://shop.example/teapot.png","url":"https://shop.example/teapot"}
				""".formatted(cart));
	}

	void order(String user, String cart) {
		track(user, "Order Completed", """
				{"order_id":"%s","cart_id":"%s","total":19.95,"currency":"GBP","products":[{"product_id":"teapot",
				"name":"Blue teapot","price":19.95,"quantity":1}]}
				""".formatted(UUID.randomUUID(), cart));
	}

	void send(String type, String body) {
		this.source.send(type, body);
	}

	ResponseEntity<JsonNode> api(Role role, HttpMethod method, String path, String body, String... header) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setBearerAuth(TestTenant.token(role));
		for (int index = 0; index < header.length; index += 2) {
			headers.set(header[index], header[index + 1]);
		}
		return this.http.exchange(path, method, new HttpEntity<>(body, headers), JsonNode.class);
	}

	/** The person's runs: status, outcome and the engine's id, oldest first. */
	List<Map<String, Object>> runs(String user) {
		UUID profile = this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, user))
			.orElseThrow()
			.value();
		return this.jdbc.sql(
				"SELECT id, journey, key, status, outcome, process_instance_id FROM journey.run WHERE tenant_id = ? AND profile_id = ? ORDER BY id")
			.params(TestTenant.ID.value(), profile)
			.query()
			.listOfRows();
	}

	Map<String, Object> awaitRun(String user, String status) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> !runs(user).isEmpty() && runs(user).getLast().get("status").equals(status));
		return runs(user).getLast();
	}

	/** Waits for the only send of a person to reach a status. */
	JsonNode awaitSend(String user, String... statuses) {
		Awaitility.await("send of " + user + " in " + List.of(statuses)).atMost(Duration.ofSeconds(20)).until(() -> {
			JsonNode sends = sends(user);
			return sends.size() == 1
					&& List.of(statuses).contains(sends.get(0).path("status").asText().toUpperCase(Locale.ROOT));
		});
		return explained(sends(user).get(0).path("id").asText());
	}

	JsonNode sends(String user) {
		return api(Role.ADMIN, HttpMethod.GET, "/api/v1/sends?userId=" + user, null).getBody().path("items");
	}

	JsonNode explained(String send) {
		return api(Role.ADMIN, HttpMethod.GET, "/api/v1/sends/" + send, null).getBody();
	}

	/** Ends the timer that the instance waits for. */
	void passTime(String instance) {
		Job timer = Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.engine.getManagementService()
				.createJobQuery()
				.processInstanceId(instance)
				.timers()
				.orderByJobDuedate()
				.asc()
				.list()
				.stream()
				.findFirst()
				.orElse(null), (found) -> found != null);
		this.engine.getManagementService().executeJob(timer.getId());
	}

	/** The instance of personalised-message that a run has called. */
	String messageInstance(Map<String, Object> run) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.engine.getRuntimeService()
				.createProcessInstanceQuery()
				.processDefinitionKey("personalised-message")
				.processInstanceBusinessKey(run.get("id").toString())
				.list()
				.stream()
				.findFirst()
				.map((instance) -> instance.getId())
				.orElse(null), (found) -> found != null);
	}

}
