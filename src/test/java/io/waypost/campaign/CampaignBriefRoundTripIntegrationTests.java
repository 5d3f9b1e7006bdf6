package io.waypost.campaign;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** A brief is read as it was posted. */
@WaypostTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignBriefRoundTripIntegrationTests {

	private static final long SEED = 20261130;

	private PublicApi api;

	private PublicShop shop;

	private final String segment = "b" + UUID.randomUUID().toString().substring(0, 8);

	@BeforeAll
	void prepare(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
		this.shop.subscribe(this.segment, this.segment + "@example.com");
		this.api.event("track", "{\"userId\":\"%1$s\",\"event\":\"Asked %1$s\"}".formatted(this.segment)).expect(200);
		this.api
			.post("/api/v1/segments",
					"""
							{"name":"%1$s","description":"One","owner":"growth","definition":"did \\"Asked %1$s\\""}"""
						.formatted(this.segment))
			.expect(201);
		this.api.post("/api/v1/segments/%s/versions/1/approve".formatted(this.segment), "").expect(200);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.api
				.post("/api/v1/segments/preview", "{\"definition\":\"did \\\"Asked %s\\\"\"}".formatted(this.segment))
				.json()
				.path("size")
				.asInt() == 1);
	}

	@Test
	void returnsEveryBriefAsItWasPosted() {
		RandomBriefs briefs = new RandomBriefs(new Random(SEED), this.shop.approvedTemplate(), this.segment);
		List<String> different = new ArrayList<>();
		List<String> refused = new ArrayList<>();
		for (int number = 0; number < 40; number++) {
			ObjectNode posted = briefs.next();
			Reply created = this.api.post("/api/v1/campaigns", posted.toString());
			if (created.status() != 201) {
				refused.add(posted + " → " + created.text());
				continue;
			}
			JsonNode brief = brief(created.json().path("id").asText());
			compare("", posted, brief, different);
			Reply again = this.api.post("/api/v1/campaigns", brief.toString());
			if (again.status() != 201) {
				different.add("posting what was read: " + brief + " → " + again.text());
			}
			else if (!brief(again.json().path("id").asText()).equals(brief)) {
				different.add("reading again: " + brief + " → " + brief(again.json().path("id").asText()));
			}
		}
		assertThat(refused).as("briefs that are not accepted").isEmpty();
		assertThat(different).isEmpty();
	}

	@Test
	void returnsTheBriefInEveryState() {
		String brief = """
				{"name":"States","goal":"welcome","template":"%s","segment":"%s","holdoutPercent":0,
				"experiment":{"variants":["a",{"name":"b","subject":"Hi"}],"testPercent":50,"testDuration":"PT4H"}}"""
			.formatted(this.shop.approvedTemplate(), this.segment);
		String id = this.api.post("/api/v1/campaigns", brief).expect(201).json().path("id").asText();
		JsonNode draft = brief(id);
		this.api.post("/api/v1/campaigns/" + id + "/launch", "").expect(202);
		assertThat(brief(id)).isEqualTo(draft);
		this.api.post("/api/v1/campaigns/" + id + "/cancel", "").expect(202);
		assertThat(brief(id)).isEqualTo(draft);
	}

	@Test
	void returnsTheBriefOfACampaignThatTheEngineStarted() {
		String id = this.api
			.post("/engine-rest/process-definition/key/campaign/start",
					"""
							{"variables":{"name":{"value":"From the engine"},"template":{"value":"%s"},"segment":{"value":"%s"},
							"variants":{"value":"a,b"},"testPercent":{"value":"40"},"testDuration":{"value":"PT4H"}}}"""
						.formatted(this.shop.approvedTemplate(), this.segment))
			.expect(200)
			.json()
			.path("businessKey")
			.asText();
		JsonNode brief = brief(id);
		List<String> different = new ArrayList<>();
		compare("", json("""
				{"name":"From the engine","template":"%s","segment":"%s","experiment":{"variants":["a","b"],
				"testPercent":40,"testDuration":"PT4H"}}""".formatted(this.shop.approvedTemplate(), this.segment)),
				brief, different);
		assertThat(different).isEmpty();
		this.api.post("/api/v1/campaigns", brief.toString()).expect(201);
		this.api.post("/api/v1/campaigns/" + id + "/cancel", "");
	}

	@Test
	void refusesAMisspeltVariableOfTheEngine() {
		Reply reply = this.api.post("/engine-rest/process-definition/key/campaign/start", """
				{"variables":{"name":{"value":"Misspelt"},"template":{"value":"%s"},"segment":{"value":"%s"},
				"varants":{"value":"a,b"},"testPercent":{"value":"40"},"testDuration":{"value":"PT4H"}}}"""
			.formatted(this.shop.approvedTemplate(), this.segment));
		if (reply.status() == 200) {
			this.api.post("/api/v1/campaigns/" + reply.json().path("businessKey").asText() + "/cancel", "");
		}
		assertThat(reply.status()).as(reply.text()).isEqualTo(400);
		assertThat(reply.text()).contains("varants", "variants");
	}

	@Test
	void returnsNoTestForABriefWithoutOne() {
		String id = this.api
			.post("/api/v1/campaigns",
					"""
							{"name":"Plain","template":"%s","segment":"%s"}""".formatted(this.shop.approvedTemplate(),
							this.segment))
			.expect(201)
			.json()
			.path("id")
			.asText();
		assertThat(brief(id).path("experiment").isMissingNode() || brief(id).path("experiment").isNull()).isTrue();
		this.api.post("/api/v1/campaigns", brief(id).toString()).expect(201);
	}

	private JsonNode brief(String id) {
		return this.api.read("/api/v1/campaigns/" + id).path("brief");
	}

	private static JsonNode json(String text) {
		return new Reply("", 200, "", text).json();
	}

	/** Compares what was posted; numbers, times and durations by their value. */
	private static void compare(String pointer, JsonNode posted, JsonNode read, List<String> different) {
		if (posted.isObject()) {
			if (read.isTextual() && posted.size() == 1 && posted.has("name")) {
				compare(pointer, posted.get("name"), read, different);
			}
			else {
				posted.properties()
					.forEach((field) -> compare(pointer + "/" + field.getKey(), field.getValue(),
							read.path(field.getKey()), different));
			}
		}
		else if (posted.isArray() && read.size() == posted.size()) {
			for (int index = 0; index < posted.size(); index++) {
				compare(pointer + "/" + index, posted.get(index), read.get(index), different);
			}
		}
		else if (posted.isTextual() && read.isObject() && pointer.matches("/experiment/variants/\\d")) {
			compare(pointer + "/name", posted, read.path("name"), different);
		}
		else if (!same(pointer, posted, read)) {
			different.add("%s: posted %s, read %s".formatted(pointer, posted, read));
		}
	}

	private static boolean same(String pointer, JsonNode posted, JsonNode read) {
		if (posted.isNumber()) {
			return read.isNumber() && posted.asDouble() == read.asDouble();
		}
		if (pointer.equals("/schedule")) {
			return OffsetDateTime.parse(posted.asText()).isEqual(OffsetDateTime.parse(read.asText()));
		}
		if (pointer.endsWith("Duration") || pointer.endsWith("Window") || pointer.endsWith("Within")) {
			return read.isTextual() && Duration.parse(posted.asText()).equals(Duration.parse(read.asText()));
		}
		return posted.equals(read) || pointer.endsWith("/metric") && posted.asText().equalsIgnoreCase(read.asText());
	}

}
