package io.waypost.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.waypost.access.Source;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.consent.RepeatedConsent.Subscriber;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Customers who react to a message, or were erased, and what sources repeat later. */
@WaypostTest
class UnsubscribedCustomerIntegrationTests {

	@Autowired
	private SendPermissionEvaluator permissions;

	@Autowired
	private Profiles profiles;

	@Autowired
	private TransactionTemplate transactions;

	private PublicApi api;

	private final String user = "reader-" + UUID.randomUUID();

	@BeforeEach
	void connect(@LocalServerPort int port, @Autowired AccountProvisioner accounts) {
		this.api = PublicApi.on(port);
		accounts.createSource(new Source(TestTenant.ID, "till"), RepeatedConsent.OTHER_SOURCE);
	}

	@Test
	void keepsAOneClickUnsubscription() {
		keepsWithdrawal("",
				(shop, send) -> this.api.form(shop.unsubscribePath(send), "List-Unsubscribe=One-Click").expect(200));
	}

	@Test
	void keepsAnUnsubscriptionOnThePage() {
		keepsWithdrawal("",
				(shop, send) -> this.api
					.form(shop.unsubscribePath(send) + "/preferences", "shown=marketing&shown=product-news")
					.expect(200));
	}

	@Test
	void keepsASuppressionAfterAComplaint() {
		keepsWithdrawal("complaint+", (shop, send) -> shop.await(send, "complained"));
	}

	@Test
	void keepsASuppressionAfterABounce() {
		keepsWithdrawal("bounce+", (shop, send) -> shop.await(send, "bounced"));
	}

	@Test
	void permitsAfterAnOptInOnThePage() {
		PublicShop shop = PublicShop.open(this.api);
		Subscriber person = subscriber(shop, "");
		String page = shop.unsubscribePath(delivered(shop));
		this.api.form(page, "List-Unsubscribe=One-Click").expect(200);
		RepeatedConsent.NOW.send(this.api, person);
		assertThat(permitted()).isFalse();
		this.api.form(page + "/preferences", "shown=marketing&granted=marketing").expect(200);
		assertThat(permitted()).isTrue();
	}

	@Test
	void unsubscribesFromTheTopicOfTheMessageByOneClickBody() {
		PublicShop shop = PublicShop.open(this.api);
		Subscriber person = subscriber(shop, "");
		String page = shop.unsubscribePath(delivered(shop));
		this.api
			.call("POST", page, "List-Unsubscribe=One-Click", "Content-Type",
					"application/x-www-form-urlencoded; charset=UTF-8", "Authorization", "none")
			.expect(200);
		RepeatedConsent.THE_CONTEXT_OF_A_BATCH.send(this.api, person);
		assertThat(permitted()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(RepeatedConsent.class)
	void sendsNothingToAnErasedPersonAfterARepetition(RepeatedConsent repeated) {
		repeatAfterErasure(repeated);
		assertThat(permitted()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(RepeatedConsent.class)
	void recordsNoConsentOfAnErasedPersonByARepetition(RepeatedConsent repeated) {
		repeatAfterErasure(repeated);
		PublicApi.Reply consents = this.api.get("/api/v1/profiles/" + this.user + "/consents").expect(200, 404);
		assertThat(consents.json().path("items").findValuesAsText("status")).doesNotContain("GRANTED");
	}

	private void repeatAfterErasure(RepeatedConsent repeated) {
		Subscriber person = identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.api.get("/api/v1/profiles/" + this.user).status() == 404);
		repeated.send(this.api, person);
	}

	@Test
	void permitsAnErasedPersonWhoOptsInExplicitly() {
		Subscriber person = identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		RepeatedConsent.NOW.send(this.api, person);
		assertThat(permitted()).isFalse();
		this.api.put("/api/v1/profiles/" + this.user + "/consents/marketing", """
				{"status":"GRANTED","evidence":{"source":"sign-up form","text":"Yes","textVersion":"2"}}""")
			.expect(200);
		assertThat(permitted()).isTrue();
	}

	@Test
	void givesAnErasedPersonNoConsentByAnOlderOptIn() {
		Subscriber person = identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		RepeatedConsent.NOW.send(this.api, person);
		this.api.put("/api/v1/profiles/" + this.user + "/consents/marketing", """
				{"status":"GRANTED","evidence":{"source":"old form","text":"Yes","textVersion":"2","at":"%s"}}"""
			.formatted(Instant.now().minus(Duration.ofDays(5))));
		assertThat(permitted()).isFalse();
	}

	@Test
	void keepsARevocationOfAnErasedPersonUnderASecondUserId() {
		Subscriber person = identified();
		this.api.put("/api/v1/profiles/" + this.user + "/consents/marketing", "{\"status\":\"REVOKED\"}").expect(200);
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		String second = "other-" + this.user;
		this.api
			.event("identify",
					"""
							{"userId":"%s","traits":{"email":"%s"},"context":{"consent":{"categoryPreferences":{"marketing":true}}}}"""
						.formatted(second, person.email()))
			.expect(200);
		assertThat(permitted(second)).isFalse();
	}

	@Test
	void givesAnErasedPersonNoConsentByAnEarlierAddress() {
		String earlier = "earlier-" + this.user + "@example.com";
		this.api
			.event("identify",
					"""
							{"userId":"%s","traits":{"email":"%s"},"timestamp":"%s"}""".formatted(this.user, earlier,
							Instant.now().minus(Duration.ofDays(9))))
			.expect(200);
		identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		this.api
			.event("identify",
					"""
							{"userId":"%s","traits":{"email":"%s"},"context":{"consent":{"categoryPreferences":{"marketing":true}}}}"""
						.formatted(this.user, earlier))
			.expect(200);
		assertThat(permitted()).isFalse();
	}

	/** The address is not suppressed, because the person did not have it last. */
	@Test
	void givesAnErasedPersonNoConsentByAnEarlierAddressUnderASecondUserId() {
		String earlier = "earlier-" + this.user + "@example.com";
		identify(this.user, earlier, Instant.now().minus(Duration.ofDays(9)));
		identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		identify("other-" + this.user, earlier, Instant.now());
		assertThat(permitted("other-" + this.user)).isFalse();
	}

	@Test
	void givesAnErasedPersonNoConsentByAnAlias() {
		identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		String second = "other-" + this.user;
		this.api.event("alias", "{\"previousId\":\"%s\",\"userId\":\"%s\"}".formatted(this.user, second)).expect(200);
		identify(second, second + "@example.com", Instant.now());
		assertThat(permitted(second)).isFalse();
	}

	@Test
	void permitsAnotherPersonOnTheDeviceOfAnErasedPerson() {
		identified();
		String device = "device-" + this.user;
		this.api.event("identify", "{\"userId\":\"%s\",\"anonymousId\":\"%s\"}".formatted(this.user, device))
			.expect(200);
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		String second = "other-" + this.user;
		this.api.event("identify", """
				{"userId":"%1$s","anonymousId":"%2$s","traits":{"email":"%1$s@example.com"},
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}""".formatted(second, device))
			.expect(200);
		assertThat(permitted(second)).isTrue();
	}

	@Test
	void saysWhyAnOptInBeforeTheErasureIsNotRecorded() {
		identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		identify(this.user, this.user + "@example.com", Instant.now());
		PublicApi.Reply reply = this.api.put("/api/v1/profiles/" + this.user + "/consents/marketing", """
				{"status":"GRANTED","evidence":{"source":"old form","text":"Yes","at":"%s"}}"""
			.formatted(Instant.now().minus(Duration.ofDays(5))));
		assertThat(reply.expect(400).text()).contains("/evidence/at", "erasure");
	}

	/** A source that exports the same person, whose address has changed since. */
	@Test
	void givesAnErasedPersonNoConsentByAnotherAddressOfTheSameUser() {
		identified();
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200, 202);
		this.api
			.event("identify",
					"""
							{"userId":"%1$s","traits":{"email":"new-%1$s@example.com"},"timestamp":"%2$s",
							"context":{"consent":{"categoryPreferences":{"marketing":true}}}}""".formatted(this.user,
							Instant.now().minus(Duration.ofDays(2))))
			.expect(200);
		assertThat(permitted()).isFalse();
	}

	private void keepsWithdrawal(String prefix, BiConsumer<PublicShop, String> withdraw) {
		PublicShop shop = PublicShop.open(this.api);
		Subscriber person = subscriber(shop, prefix);
		assertThat(permitted()).isTrue();
		withdraw.accept(shop, delivered(shop));
		assertThat(permitted()).as("after the withdrawal").isFalse();
		List<RepeatedConsent> undoing = new ArrayList<>();
		for (RepeatedConsent repeated : RepeatedConsent.values()) {
			repeated.send(this.api, person);
			if (permitted()) {
				undoing.add(repeated);
				this.api.put("/api/v1/profiles/" + this.user + "/consents/marketing", "{\"status\":\"REVOKED\"}");
			}
		}
		assertThat(undoing).as("repetitions that undo the withdrawal").isEmpty();
	}

	private Subscriber subscriber(PublicShop shop, String prefix) {
		String email = prefix + this.user + "@example.com";
		shop.subscribe(this.user, email);
		return new Subscriber(this.user, email, Instant.now().minus(Duration.ofDays(2)));
	}

	private void identify(String userId, String email, Instant at) {
		this.api.event("identify", """
				{"userId":"%s","traits":{"email":"%s"},"timestamp":"%s",
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}""".formatted(userId, email, at))
			.expect(200);
	}

	private Subscriber identified() {
		Instant subscribed = Instant.now().minus(Duration.ofDays(2));
		Subscriber person = new Subscriber(this.user, this.user + "@example.com", subscribed);
		RepeatedConsent.THE_SAME_MESSAGE.send(this.api, person);
		assertThat(permitted()).isTrue();
		return person;
	}

	private String delivered(PublicShop shop) {
		String send = shop.trigger(this.user, shop.approvedTemplate());
		shop.await(send, "accepted", "delivered", "bounced", "complained");
		return send;
	}

	private boolean permitted() {
		return permitted(this.user);
	}

	private boolean permitted(String userId) {
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, userId))
			.filter(this::permitted)
			.isPresent();
	}

	private boolean permitted(ProfileId profile) {
		SendPermission permission = this.transactions
			.execute((status) -> this.permissions.decide(TestTenant.ID, "marketing", List.of(profile)).get(profile));
		return permission instanceof SendPermission.Granted;
	}

}
