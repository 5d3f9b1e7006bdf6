package io.waypost.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.identity.UserIdSegment;
import io.waypost.testing.Browser;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an outsider's attacks found: unusual ids, links and details of people, Java
 * objects.
 */
@WaypostTest
class AttackedPagesIntegrationTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "../../x-", "a/b-", "a\\\\b-", "a;b=c-", "100%-", "..-/" })
	void showsExportsAndErasesPeopleWithAnyId(String prefix) {
		String id = prefix.replace("\\\\", "\\") + UUID.randomUUID();
		String json = id.replace("\\", "\\\\");
		PublicApi api = PublicApi.on(this.port);
		PublicShop shop = PublicShop.open(api);
		shop.subscribe(json, "odd-" + UUID.randomUUID() + "@example.com");
		shop.await(shop.trigger(json, shop.approvedTemplate()), "accepted", "delivered");
		Browser marketer = Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(Role.MARKETER));
		String list = marketer.get("/messages").body();
		assertThat(list).contains("</html>", "/profiles/" + UserIdSegment.of(id));
		assertThat(marketer.get("/profiles?q=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
			.headers()
			.firstValue("Location")
			.orElseThrow()).endsWith("/profiles/" + UserIdSegment.of(id));
		assertThat(marketer.get("/profiles/" + UserIdSegment.of(id)).statusCode()).isEqualTo(200);
		String path = "/api/v1/profiles/" + UserIdSegment.of(id);
		for (String part : new String[] { "", "/features", "/events", "/consents", "/export" }) {
			api.get(path + part).expect(200);
		}
		api.call("DELETE", path, "").expect(200, 202);
		api.get(path).expect(404);
	}

	/** With the recipient's links a user could answer in the recipient's name. */
	@Test
	void showsTheLinksOfRecipientsOnlyToRolesThatReadIdentifiers() {
		PublicApi api = PublicApi.on(this.port);
		PublicShop shop = PublicShop.open(api);
		String user = "links-" + UUID.randomUUID();
		shop.subscribe(user, user + "@example.com");
		String send = shop.trigger(user, shop.approvedTemplate());
		shop.await(send, "accepted", "delivered");
		for (Role role : new Role[] { Role.MARKETER, Role.REVIEWER }) {
			assertThat(api.as(TestTenant.token(role)).get("/api/v1/sends/" + send + "/content").expect(200).text())
				.as("%s", role)
				.contains("subject")
				.doesNotContain("/u/", "/t/c/", "/t/o/");
			assertThat(Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(role))
				.get("/messages/" + send + "/preview")
				.body()).as("%s", role).contains("First 200 characters").doesNotContain("/u/", "/t/c/", "/t/o/");
		}
		assertThat(api.as(TestTenant.token(Role.COMPLIANCE)).get("/api/v1/sends/" + send + "/content").text())
			.contains("/u/");
	}

	@Test
	void masksEvidenceAndPropertiesForRolesThatDoNotReadIdentifiers() {
		PublicApi api = PublicApi.on(this.port);
		PublicShop shop = PublicShop.open(api);
		String user = "masked-" + UUID.randomUUID();
		shop.subscribe(user, user + "@example.com");
		api.put("/api/v1/profiles/" + user + "/consents/news",
				"{\"status\":\"GRANTED\",\"evidence\":{\"source\":\"call\",\"text\":\"zoe@zmail.example said yes\"}}")
			.expect(200);
		String send = api
			.post("/api/v1/campaigns/trigger",
					"{\"userId\":\"%s\",\"template\":\"%s\",\"properties\":{\"note\":\"for zoe@zmail.example\"}}"
						.formatted(user, shop.approvedTemplate()))
			.expect(202)
			.json()
			.path("sendId")
			.asText();
		shop.await(send, "accepted", "delivered");
		PublicApi marketer = api.as(TestTenant.token(Role.MARKETER));
		PublicApi compliance = api.as(TestTenant.token(Role.COMPLIANCE));
		for (String path : new String[] { "/api/v1/profiles/" + user + "/consents", "/api/v1/sends/" + send }) {
			assertThat(marketer.get(path).expect(200).text()).as(path).contains("***").doesNotContain("zmail");
			assertThat(compliance.get(path).expect(200).text()).as(path).contains("zoe@zmail.example");
		}
		Browser browser = Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(Role.MARKETER));
		for (String path : new String[] { "/profiles/" + user, "/messages/" + send }) {
			assertThat(browser.get(path).body()).as(path).contains("***", "</html>").doesNotContain("zmail");
		}
	}

	/** Expressions of a model could call the getters of a Java object. */
	@Test
	void startsNoProcessWithAJavaObjectOrWithoutItsListeners() {
		PublicApi marketer = PublicApi.on(this.port).as(TestTenant.token(Role.MARKETER));
		String start = "/engine-rest/process-definition/key/single-message/start";
		assertThat(marketer.post(start, "{\"variables\":{\"x\":{\"type\":\"Object\",\"value\":\"1\"}}}")
			.expect(400)
			.text()).contains("Object");
		assertThat(marketer.post(start, "{\"skipCustomListeners\":true,\"variables\":{}}").expect(400).text())
			.contains("skipCustomListeners");
	}

}
