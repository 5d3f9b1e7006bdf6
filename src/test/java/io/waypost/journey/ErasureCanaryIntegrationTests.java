package io.waypost.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.testing.ClearText;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plants a text of its own in every place where a source can send text, and searches all
 * columns of the product and of the engine for it after the erasure.
 */
@WaypostTest
class ErasureCanaryIntegrationTests {

	private final String id = Long.toString(Math.abs(UUID.randomUUID().getMostSignificantBits()), 36);

	private final String user = "user-" + this.id;

	private final String device = "device-" + this.id;

	private final List<String> canaries = new ArrayList<>();

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private JdbcClient jdbc;

	private Shop shop;

	@BeforeEach
	void openShop(@Autowired ApplicationContext waypost) {
		this.shop = Shop.in(waypost, this.http);
	}

	@Test
	void leavesNoCanaryInAnyColumn() {
		identify();
		behave();
		join();
		answer();
		fail();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.jdbc.sql("select count(*) from audience.projection_queue")
				.query(Long.class)
				.single() == 0);
		assertThat(new ClearText(this.jdbc).find(this.canaries)).as("before")
			.contains("ingestion.event.name", "ingestion.event.properties", "ingestion.event.context",
					"audience.activity_type.event", "audience.activity_type.category");
		assertThat(this.shop.api(Role.COMPLIANCE, HttpMethod.DELETE, "/api/v1/profiles/" + this.user, null)
			.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(new ClearText(this.jdbc).find(this.canaries)).as("columns with a canary").isEmpty();
	}

	/** The projection runs later; the erasure must not leave names in its queue. */
	@Test
	void leavesNoCanaryWhenTheErasureComesBeforeTheProjection() {
		identify();
		behave();
		this.shop.api(Role.COMPLIANCE, HttpMethod.DELETE, "/api/v1/profiles/" + this.user, null);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.jdbc.sql("select count(*) from audience.projection_queue")
				.query(Long.class)
				.single() == 0);
		assertThat(new ClearText(this.jdbc).find(this.canaries)).isEmpty();
	}

	private void identify() {
		this.shop.send("identify", """
				{"userId":"%s","anonymousId":"%s","messageId":"%s","traits":{"email":"%s@example.com","firstName":"%s",
				"lastName":"%s","name":"%s","title":"%s","jobTitle":"%s","company":{"name":"%s","industry":"%s"},
				"organisation":"%s","bio":"%s","website":"https://x.example/%s?q=%s","%s":"%s","phone":"%s",
				"address":{"street":"%s","city":"%s"},"tags":["%s"]},
				"context":{"ip":"203.0.113.9","userAgent":"%s","page":{"url":"https://x.example/?q=%s","title":"%s",
				"referrer":"https://y.example/?s=%s","search":"?q=%s"},"campaign":{"name":"%s","%s":"%s"},
				"device":{"model":"%s"},"library":{"name":"%s"},"traits":{"nickname":"%s"},
				"consent":{"categoryPreferences":{"marketing":true},"evidence":{"marketing":
				{"source":"%s","text":"%s","textVersion":"%s","at":"%s"}}}}}
				""".formatted(this.user, this.device, canary("message-id"), canary("email"), canary("first-name"),
				canary("last-name"), canary("name"), canary("title"), canary("job-title"), canary("company"),
				canary("industry"), canary("organisation"), canary("bio"), canary("url-path"), canary("url-query"),
				canary("trait-key"), canary("trait-value"), canary("phone"), canary("street"), canary("city"),
				canary("tag"), canary("user-agent"), canary("page-url"), canary("page-title"), canary("referrer"),
				canary("search"), canary("campaign"), canary("context-key"), canary("context-value"),
				canary("device-model"), canary("library"), canary("nickname"), canary("evidence-source"),
				canary("evidence-text"), canary("evidence-version"), Instant.now().minusMillis(5)));
	}

	private void behave() {
		this.shop.send("track",
				"""
						{"userId":"%s","anonymousId":"%s","event":"Event %s","properties":{"%s":"%s","title":"%s","comment":"%s",
						"company":"%s","category":"%s","query":"%s","url":"https://x.example/p?%s=%s#%s","nested":{"%s":["%s"]},
						"product_id":"%s","products":[{"product_id":"%s","name":"%s","category":"%s"}],"cart_id":"%s"}}
						"""
					.formatted(this.user, this.device, canary("event"), canary("key"), canary("value"),
							canary("title2"), canary("comment"), canary("company2"), canary("category"),
							canary("query"), canary("parameter"), canary("parameter-value"), canary("fragment"),
							canary("nested-key"), canary("nested-value"), canary("product-id"), canary("product-id2"),
							canary("product-name"), canary("product-category"), canary("cart-id")));
		this.shop.send("track", """
				{"userId":"%s","event":"Product Viewed","properties":{"product_id":"%s","category":"%s","title":"%s"}}
				""".formatted(this.user, canary("viewed"), canary("viewed-category"), canary("viewed-title")));
		for (String type : List.of("page", "screen")) {
			this.shop.send(type, """
					{"userId":"%s","name":"%s","properties":{"title":"%s","path":"/%s","search":"?%s","referrer":"%s"}}
					""".formatted(this.user, canary(type), canary(type + "-title"), canary(type + "-path"),
					canary(type + "-search"), canary(type + "-referrer")));
		}
		this.shop.send("track",
				"{\"anonymousId\":\"%s\",\"event\":\"%s\"}".formatted(this.device, canary("device-event")));
	}

	private void join() {
		this.shop.send("group", """
				{"userId":"%s","groupId":"%s","traits":{"name":"%s","industry":"%s","description":"%s","%s":"%s"}}
				""".formatted(this.user, canary("group-id"), canary("group-name"), canary("group-industry"),
				canary("group-description"), canary("group-key"), canary("group-value")));
	}

	private void answer() {
		assertThat(this.shop
			.api(Role.ADMIN, HttpMethod.PUT, "/api/v1/profiles/%s/consents/product-news".formatted(this.user), """
					{"status":"GRANTED","basis":"consent",
					"evidence":{"source":"%s","text":"%s","textVersion":"%s","ip":"203.0.113.9"}}
					""".formatted(canary("api-source"), canary("api-text"), canary("api-version")))
			.getStatusCode()).isEqualTo(HttpStatus.OK);
		this.shop.send("track", """
				{"userId":"%s","event":"Unsubscribed","properties":{"topic":"product-news","reason":"%s"}}
				""".formatted(this.user, canary("unsubscribe-reason")));
	}

	private void fail() {
		this.shop.send("track", "{\"userId\":\"%s\",\"properties\":{\"%s\":\"%s\"}}".formatted(this.user,
				canary("failed-key"), canary("failed-value")));
		this.shop.send("track", "{\"userId\":\"%s\",\"event\":\"x\",\"properties\":{\"%s@x.example\":1}}"
			.formatted(this.user, canary("bad-key")));
		this.shop.send("track", "{\"anonymousId\":\"%s\",\"properties\":{\"%s\":1}}".formatted(this.device,
				canary("failed-device-key")));
		this.shop.send("group", "{\"userId\":\"%s\",\"traits\":\"%s\"}".formatted(this.user, canary("failed-group")));
		this.shop.send("batch", "{\"batch\":[{\"type\":\"%s\",\"userId\":\"%s\",\"x\":\"%s\"}]}"
			.formatted(canary("failed-type"), this.user, canary("failed-text")));
	}

	/** Letters and digits only, so that it survives every cleaning of names. */
	private String canary(String place) {
		String canary = "canary" + place.replace("-", "") + this.id;
		this.canaries.add(canary);
		return canary;
	}

}
