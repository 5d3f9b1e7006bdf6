package io.waypost.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.Browser;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A recipient who unsubscribed gets no marketing under another user id. */
@WaypostTest
class AddressRevocationIntegrationTests {

	private static final String OPT_IN = """
			{"status":"GRANTED","evidence":{"source":"sign-up form","text":"Yes, write to me","textVersion":"2026-11"}}""";

	@Autowired
	private SendPermissionEvaluator permissions;

	@Autowired
	private Profiles profiles;

	@Autowired
	private TransactionTemplate transactions;

	private final String user = "left-" + UUID.randomUUID();

	private final String other = "other-" + this.user;

	private final String address = this.user + "@example.com";

	private PublicApi api;

	private PublicShop shop;

	/** How a recipient leaves. */
	enum Exit {

		ONE_CLICK((test, send) -> test.api.form(test.shop.unsubscribePath(send), "List-Unsubscribe=One-Click")
			.expect(200)),

		PREFERENCE_CENTRE((test, send) -> test.api
			.form(test.shop.unsubscribePath(send) + "/preferences", "shown=marketing&shown=product-news")
			.expect(200)),

		BY_PHONE((test, send) -> test.api
			.put("/api/v1/profiles/" + test.user + "/consents/marketing", "{\"status\":\"REVOKED\"}")
			.expect(200)),

		TRACKED_EVENT((test, send) -> test.api
			.event("track", "{\"userId\":\"%s\",\"event\":\"Unsubscribed\"}".formatted(test.user))
			.expect(200)),

		TRACKED_COMPLAINT((test, send) -> test.api
			.event("track", "{\"userId\":\"%s\",\"event\":\"Email Marked as Spam\"}".formatted(test.user))
			.expect(200));

		private final BiConsumer<AddressRevocationIntegrationTests, String> way;

		Exit(BiConsumer<AddressRevocationIntegrationTests, String> way) {
			this.way = way;
		}

	}

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
	}

	@ParameterizedTest
	@EnumSource
	void holdsForAnotherUserIdWithTheAddress(Exit exit) {
		leave(exit);
		identify(this.other, this.address, "");
		assertThat(reason(this.other)).isEqualTo("revoked");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", " %s", "%s " })
	void holdsForEverySpelling(String spelling) {
		leave(Exit.ONE_CLICK);
		identify(this.other, spelling.formatted(this.address.toUpperCase(Locale.ROOT)), "");
		assertThat(reason(this.other)).isEqualTo("revoked");
	}

	@Test
	void holdsForAProfileThatHadTheAddressBefore() {
		identify(this.other, this.address, "");
		assertThat(reason(this.other)).isNull();
		leave(Exit.ONE_CLICK);
		assertThat(reason(this.other)).isEqualTo("revoked");
		JsonNode send = this.shop.await(this.shop.trigger(this.other, this.shop.approvedTemplate()), "withheld");
		assertThat(send.path("reason").asText()).isEqualTo("revoked");
	}

	/** A write key is public, so evidence in an event proves nothing. */
	@Test
	void isNotUndoneByEvidenceInAnEvent() {
		leave(Exit.ONE_CLICK);
		String evidence = """
				,"evidence":{"marketing":{"source":"form","text":"Yes","at":"%s"}}""".formatted(Instant.now());
		identify(this.other, this.address, evidence);
		identify(this.user, this.address, evidence);
		assertThat(reason(this.other)).isEqualTo("revoked");
		assertThat(reason(this.user)).isEqualTo("revoked");
	}

	@Test
	void isNotUndoneByARevocationOfAnotherProfileAndEvidenceInAnEvent() {
		leave(Exit.ONE_CLICK);
		identify(this.other, this.address, "");
		this.api.event("track", "{\"userId\":\"%s\",\"event\":\"Unsubscribed\"}".formatted(this.other)).expect(200);
		identify(this.other, this.address, """
				,"evidence":{"marketing":{"source":"form","text":"Yes","at":"%s"}}""".formatted(Instant.now()));
		assertThat(reason(this.other)).isEqualTo("revoked");
	}

	@Test
	void isUndoneByALaterOptInWithEvidence() {
		leave(Exit.ONE_CLICK);
		identify(this.other, this.address, "");
		String earlier = OPT_IN.replace("\"textVersion\"",
				"\"at\":\"%s\",\"textVersion\"".formatted(Instant.now().minus(Duration.ofDays(1))));
		this.api.put("/api/v1/profiles/" + this.other + "/consents/marketing", earlier).expect(200);
		assertThat(reason(this.other)).isEqualTo("revoked");
		this.api.put("/api/v1/profiles/" + this.other + "/consents/marketing", OPT_IN).expect(200);
		assertThat(reason(this.other)).isNull();
		assertThat(reason(this.user)).as("the profile itself was asked nothing").isEqualTo("revoked");
	}

	@Test
	void holdsForOneTopic() {
		leave(Exit.ONE_CLICK);
		this.api
			.event("identify",
					"""
							{"userId":"%s","traits":{"email":"%s"},"context":{"consent":{"categoryPreferences":{"product-news":true}}}}"""
						.formatted(this.other, this.address))
			.expect(200);
		assertThat(reason(this.other, "product-news")).isNull();
	}

	@Test
	void outlivesTheErasureOfTheProfile() {
		leave(Exit.ONE_CLICK);
		identify(this.other, this.address, "");
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		assertThat(reason(this.other)).isEqualTo("revoked");
	}

	@Test
	void isShownAndExported() {
		leave(Exit.ONE_CLICK);
		identify(this.other, this.address, "");
		JsonNode consent = this.api.read("/api/v1/profiles/" + this.other + "/consents").at("/items/0");
		assertThat(consent.path("status").asText()).isEqualTo("REVOKED");
		assertThat(consent.at("/evidence/source").asText()).isEqualTo("revoked for this address by recipient");
		assertThat(
				Browser.signIn(this.api.base(), TestTenant.user(Role.COMPLIANCE)).get("/profiles/" + this.other).body())
			.contains("Revoked for this address by recipient");
		assertThat(this.api.get("/api/v1/profiles/" + this.other + "/export").expect(200).text())
			.contains("revoked for this address by recipient");
	}

	private void leave(Exit exit) {
		this.shop.subscribe(this.user, this.address);
		String send = this.shop.trigger(this.user, this.shop.approvedTemplate());
		this.shop.await(send, "accepted", "delivered");
		exit.way.accept(this, send);
		assertThat(reason(this.user)).isEqualTo("revoked");
	}

	private void identify(String userId, String email, String evidence) {
		this.api
			.event("identify",
					"""
							{"userId":"%s","traits":{"email":"%s","timezone":"%s"},
							"context":{"consent":{"categoryPreferences":{"marketing":true}%s}}}""".formatted(userId,
							email, PublicShop.noon(), evidence))
			.expect(200);
	}

	private String reason(String userId) {
		return reason(userId, "marketing");
	}

	/** Both ways to decide answer the same. */
	private String reason(String userId, String topic) {
		ProfileId profile = this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, userId))
			.orElseThrow();
		List<ProfileId> one = List.of(profile);
		return this.transactions.execute((status) -> {
			Map<ProfileId, Profile> known = this.profiles.read(TestTenant.ID, one);
			String preview = reason(this.permissions.preview(TestTenant.ID, topic, one, known).get(profile));
			String decided = reason(this.permissions.decide(TestTenant.ID, topic, one).get(profile));
			assertThat(preview).isEqualTo(decided);
			return decided;
		});
	}

	private static String reason(SendPermission permission) {
		return (permission instanceof SendPermission.Withheld withheld) ? withheld.reason() : null;
	}

}
