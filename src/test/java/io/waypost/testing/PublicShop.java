package io.waypost.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** A shop with templates, products and customers, set up over HTTP only. */
public final class PublicShop {

	private final PublicApi api;

	private final String approved;

	private final String unapproved;

	private PublicShop(PublicApi api, String mark) {
		this.api = api;
		this.approved = "approved-" + mark;
		this.unapproved = "unapproved-" + mark;
	}

	/**
	 * Sets up a shop.
	 * @param api client with every role
	 * @return the shop
	 */
	public static PublicShop open(PublicApi api) {
		PublicShop shop = new PublicShop(api, UUID.randomUUID().toString().substring(0, 8));
		JsonNode brand = api
			.post("/api/v1/brands",
					"""
							{"senderName":"Corner Shop","senderAddress":"hello@shop.example","postalAddress":["1 High Street","Town"],
							"siteUrl":"https://shop.example","logoUrl":"https://shop.example/logo.png","accentColour":"#224466",
							"linkHosts":["shop.example","hearth.example"],"forbiddenWords":["bargain"]}""")
			.expect(201)
			.json();
		approveBrand(api, brand.path("version").asInt());
		api.post("/api/v1/catalog/items", """
				[{"id":"kettle","name":"Copper kettle","category":"Kitchen","price":39.5,"currency":"EUR",
				"url":"https://shop.example/kettle","imageUrl":"https://shop.example/kettle.png","popularity":9},
				{"id":"jug","name":"Milk jug","category":"Kitchen","price":12,"currency":"EUR",
				"url":"https://shop.example/jug","imageUrl":"https://shop.example/jug.png","popularity":5}]""")
			.expect(201);
		for (String key : List.of(shop.approved, shop.unapproved)) {
			api.post("/api/v1/templates", "{\"key\":\"%s\",\"topic\":\"marketing\",\"locale\":\"en\"}".formatted(key))
				.expect(201);
		}
		api.post("/api/v1/templates/%s/versions/1/approve".formatted(shop.approved), "").expect(200);
		return shop;
	}

	/** A kit that is looser than the one of another test needs a second person. */
	private static void approveBrand(PublicApi api, int version) {
		String path = "/api/v1/brands/default/versions/%d/approve".formatted(version);
		if (api.post(path, "").expect(200, 409).status() == 409) {
			api.as(TestTenant.COLLEAGUE).post(path, "").expect(200);
		}
	}

	/**
	 * Returns the key of a template that is live.
	 * @return the key
	 */
	public String approvedTemplate() {
		return this.approved;
	}

	/**
	 * Returns the key of a template whose content a person must review.
	 * @return the key
	 */
	public String unapprovedTemplate() {
		return this.unapproved;
	}

	/**
	 * Creates a customer who agreed to marketing by a tracked consent object; it is noon
	 * where the customer lives.
	 * @param user user id
	 * @param email address
	 */
	public void subscribe(String user, String email) {
		this.api
			.event("identify",
					"""
							{"userId":"%s","messageId":"first-%s","timestamp":"%s","traits":{"email":"%s","firstName":"Ada",
							"timezone":"%s"},"context":{"consent":{"categoryPreferences":{"marketing":true}}}}"""
						.formatted(user, user, Instant.now().minus(Duration.ofDays(2)), email, noon()))
			.expect(200);
	}

	/**
	 * Sends one message through the whole chain.
	 * @param user user id
	 * @param template key of the template
	 * @return id of the send
	 */
	public String trigger(String user, String template) {
		return this.api
			.post("/api/v1/campaigns/trigger", "{\"userId\":\"%s\",\"template\":\"%s\"}".formatted(user, template))
			.expect(202)
			.json()
			.path("sendId")
			.asText();
	}

	/**
	 * Waits for a send.
	 * @param send id of the send
	 * @param statuses statuses to wait for
	 * @return the send with its explanation
	 */
	public JsonNode await(String send, String... statuses) {
		return Awaitility.await("send " + List.of(statuses))
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.api.read("/api/v1/sends/" + send),
					(found) -> Set.of(statuses).contains(found.path("status").asText()));
	}

	/**
	 * Returns the path for unsubscribing that a delivered message contains.
	 * @param send id of the send
	 * @return path with a leading slash
	 */
	public String unsubscribePath(String send) {
		String header = this.api.read("/api/v1/sends/" + send + "/content").at("/headers/List-Unsubscribe").asText();
		Matcher path = Pattern.compile("/u/[A-Za-z0-9._~-]+").matcher(header);
		assertThat(path.find()).as(header).isTrue();
		return path.group();
	}

	/**
	 * Approves a campaign that waits for it: the first use of a template needs an
	 * approval.
	 * @param campaign id of the campaign
	 */
	public void approve(String campaign) {
		JsonNode state = this.api.read("/api/v1/campaigns/" + campaign);
		if (state.path("status").asText().equals("awaiting_approval")) {
			String task = this.api
				.read("/engine-rest/task?processInstanceId=" + state.path("processInstanceId").asText())
				.path(0)
				.path("id")
				.asText();
			this.api.as(TestTenant.token(Role.REVIEWER)).post("/engine-rest/task/" + task + "/submit-form", """
					{"variables":{"review":{"type":"Json","value":"{\\"decision\\":\\"approved\\"}"}}}""");
		}
	}

	/**
	 * Returns a time zone in which it is noon.
	 * @return name of the zone
	 */
	public static String noon() {
		int difference = 12 - Instant.now().atOffset(ZoneOffset.UTC).getHour();
		return (difference == 0) ? "Etc/GMT" : "Etc/GMT%+d".formatted(-difference);
	}

	/**
	 * Creates a live segment of people who had no message yet.
	 * @param name unique name of the segment
	 * @param members number of its members; one of them may be in the global holdout
	 */
	public void liveSegment(String name, int members) {
		for (int number = 1; number <= members; number++) {
			String member = "member-" + number + "-" + name;
			subscribe(member, member + "@example.com");
			this.api.event("track", "{\"userId\":\"%s\",\"event\":\"Asked %s\"}".formatted(member, name)).expect(200);
		}
		this.api
			.post("/api/v1/segments",
					"""
							{"name":"%1$s","description":"Few","owner":"growth","definition":"did \\"Asked %1$s\\""}"""
						.formatted(name))
			.expect(201);
		this.api.post("/api/v1/segments/" + name + "/versions/1/approve", "").expect(200);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.api
				.post("/api/v1/segments/preview", "{\"definition\":\"did \\\"Asked %s\\\"\"}".formatted(name))
				.json()
				.path("size")
				.asInt() == members);
	}

}
