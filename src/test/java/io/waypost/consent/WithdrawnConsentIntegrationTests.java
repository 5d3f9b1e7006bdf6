package io.waypost.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.access.Source;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.consent.RepeatedConsent.Subscriber;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A withdrawn consent, and what sources repeat afterwards. */
@WaypostTest
class WithdrawnConsentIntegrationTests {

	private static final String OPT_IN = """
			{"status":"GRANTED","evidence":{"source":"sign-up form","text":"Yes, write to me","textVersion":"2026-11"}}""";

	private PublicApi api;

	@Autowired
	private SendPermissionEvaluator permissions;

	@Autowired
	private Profiles profiles;

	@Autowired
	private TransactionTemplate transactions;

	private final String user = "leaver-" + UUID.randomUUID();

	private Subscriber person;

	/** How a customer withdraws without a message. */
	enum Withdrawal {

		REVOKED_WITH_EVIDENCE {
			@Override
			void send(PublicApi api, Subscriber person) {
				api.put(consents(person) + "/marketing",
						"{\"status\":\"REVOKED\",\"evidence\":{\"source\":\"phone\",\"text\":\"Please stop\"}}")
					.expect(200);
			}
		},

		REVOKED_WITHOUT_EVIDENCE {
			@Override
			void send(PublicApi api, Subscriber person) {
				api.put(consents(person) + "/marketing", "{\"status\":\"REVOKED\"}").expect(200);
			}
		},

		DENIED {
			@Override
			void send(PublicApi api, Subscriber person) {
				api.put(consents(person) + "/marketing",
						"{\"status\":\"DENIED\",\"evidence\":{\"source\":\"letter\",\"text\":\"No\"}}")
					.expect(200);
			}
		},

		UNSUBSCRIBED_EVENT {
			@Override
			void send(PublicApi api, Subscriber person) {
				api.event("track", "{\"userId\":\"%s\",\"event\":\"Unsubscribed\"}".formatted(person.user()))
					.expect(200);
			}
		},

		UNSUBSCRIBED_EVENT_IN_A_BATCH {
			@Override
			void send(PublicApi api, Subscriber person) {
				api.event("batch", """
						{"batch":[{"type":"track","userId":"%1$s","event":"Unsubscribed","timestamp":"%2$s"},
						{"type":"track","userId":"%1$s","event":"Product Viewed"}]}""".formatted(person.user(),
						Instant.now()))
					.expect(200);
			}
		},

		SUPPRESSION {
			@Override
			void send(PublicApi api, Subscriber person) {
				api.post("/api/v1/suppressions",
						"{\"email\":\"%s\",\"reason\":\"COMPLAINT\"}".formatted(person.email()))
					.expect(201);
			}
		};

		abstract void send(PublicApi api, Subscriber person);

	}

	@BeforeEach
	void subscribe(@LocalServerPort int port, @Autowired AccountProvisioner accounts) {
		this.api = PublicApi.on(port);
		accounts.createSource(new Source(TestTenant.ID, "till"), RepeatedConsent.OTHER_SOURCE);
		this.person = subscriber(this.user, this.user + "@example.com");
	}

	static Stream<Arguments> withdrawalsAndRepetitions() {
		return Stream.of(Withdrawal.values())
			.flatMap((withdrawal) -> Stream.of(RepeatedConsent.values())
				.filter((repeated) -> withdrawal == Withdrawal.REVOKED_WITH_EVIDENCE
						|| withdrawal == Withdrawal.UNSUBSCRIBED_EVENT
						|| (withdrawal.ordinal() + repeated.ordinal()) % 3 == 0)
				.map((repeated) -> Arguments.of(withdrawal, repeated)));
	}

	@ParameterizedTest
	@MethodSource("withdrawalsAndRepetitions")
	void keepsAWithdrawalWhenASourceRepeatsTheOldConsent(Withdrawal withdrawal, RepeatedConsent repeated) {
		withdrawal.send(this.api, this.person);
		assertThat(permitted()).as("after the withdrawal").isFalse();
		repeated.send(this.api, this.person);
		assertThat(permitted()).as("after the repetition").isFalse();
		if (withdrawal != Withdrawal.SUPPRESSION) {
			assertThat(status()).isNotEqualTo("GRANTED");
		}
	}

	@ParameterizedTest
	@EnumSource(value = Withdrawal.class, mode = EnumSource.Mode.EXCLUDE, names = "SUPPRESSION")
	void permitsAfterANewOptInWithEvidence(Withdrawal withdrawal) {
		withdrawal.send(this.api, this.person);
		RepeatedConsent.NOW.send(this.api, this.person);
		this.api.put(consents(this.person) + "/marketing", OPT_IN).expect(200);
		assertThat(status()).isEqualTo("GRANTED");
		assertThat(permitted()).isTrue();
		withdrawal.send(this.api, this.person);
		RepeatedConsent.NOW.send(this.api, this.person);
		assertThat(permitted()).as("withdrawn a second time").isFalse();
	}

	@ParameterizedTest
	@EnumSource(value = Withdrawal.class, mode = EnumSource.Mode.EXCLUDE, names = "SUPPRESSION")
	void keepsAWithdrawalWhenAnOlderOptInArrivesLate(Withdrawal withdrawal) {
		withdrawal.send(this.api, this.person);
		this.api.put(consents(this.person) + "/marketing", """
				{"status":"GRANTED","evidence":{"source":"paper form","text":"Yes","textVersion":"1","at":"%s"}}"""
			.formatted(Instant.now().minus(Duration.ofDays(20))));
		assertThat(permitted()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"status\":\"GRANTED\"}", "{\"status\":\"GRANTED\",\"evidence\":{}}",
			"{\"status\":\"GRANTED\",\"evidence\":null}", "{\"status\":\"GRANTED\",\"evidence\":{\"source\":\"crm\"}}",
			"{\"status\":\"GRANTED\",\"evidence\":{\"source\":\" \",\"text\":\" \"}}",
			"{\"status\":\"GRANTED\",\"evidence\":{\"source\":\"crm\",\"text\":\"\"}}" })
	void refusesAnOptInWithoutEvidence(String body) {
		Withdrawal.REVOKED_WITH_EVIDENCE.send(this.api, this.person);
		Reply reply = this.api.put(consents(this.person) + "/marketing", body).expect(400);
		assertThat(reply.isProblem()).isTrue();
		assertThat(reply.pointers()).isNotEmpty().allMatch((pointer) -> pointer.startsWith("/evidence"));
		assertThat(permitted()).isFalse();
	}

	@Test
	void decidesABatchTheSameInEveryOrder() {
		List<String> permittedOrders = new ArrayList<>();
		for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(0, 2, 1), List.of(1, 0, 2), List.of(1, 2, 0),
				List.of(2, 0, 1), List.of(2, 1, 0))) {
			String id = this.user + order.toString().replaceAll("\\W", "");
			Subscriber one = subscriber(id, id + "@example.com");
			List<String> events = List.of(
					"{\"type\":\"track\",\"event\":\"Unsubscribed\",\"userId\":\"%s\",\"timestamp\":\"%s\"}"
						.formatted(id, Instant.now().minusSeconds(60)),
					consenting(id, Instant.now().minus(Duration.ofDays(3))), consenting(id, Instant.now()));
			this.api
				.event("batch",
						"{\"batch\":[%s,%s,%s]}".formatted(events.get(order.get(0)), events.get(order.get(1)),
								events.get(order.get(2))))
				.expect(200);
			if (permitted(one)) {
				permittedOrders.add(order.toString());
			}
		}
		assertThat(permittedOrders).isEmpty();
	}

	@Test
	void keepsAnUnsubscriptionThatArrivesTwiceAroundARepetition() {
		String unsubscribed = "{\"userId\":\"%1$s\",\"messageId\":\"u-%1$s\",\"event\":\"Unsubscribed\"}"
			.formatted(this.user);
		this.api.event("track", unsubscribed).expect(200);
		RepeatedConsent.NOW.send(this.api, this.person);
		this.api.event("track", unsubscribed).expect(200);
		RepeatedConsent.THE_SAME_MESSAGE.send(this.api, this.person);
		assertThat(permitted()).isFalse();
	}

	@Test
	void keepsAWithdrawalOfAnAnonymousProfileAfterSignIn() {
		String device = "device-" + UUID.randomUUID();
		this.api
			.event("identify",
					"""
							{"anonymousId":"%s","context":{"consent":{"categoryPreferences":{"marketing":true}}}}"""
						.formatted(device))
			.expect(200);
		this.api.event("track", "{\"anonymousId\":\"%s\",\"event\":\"Unsubscribed\"}".formatted(device)).expect(200);
		this.api.event("identify", "{\"anonymousId\":\"%s\",\"userId\":\"%s\"}".formatted(device, this.user))
			.expect(200);
		RepeatedConsent.NOW.send(this.api, this.person);
		assertThat(permitted()).isFalse();
	}

	@Test
	void keepsARefusalInAConsentObjectWhenAnOlderObjectArrivesLate() {
		this.api
			.event("identify",
					"""
							{"userId":"%s","timestamp":"%s","context":{"consent":{"categoryPreferences":{"marketing":false}}}}"""
						.formatted(this.user, Instant.now().minusSeconds(30)))
			.expect(200);
		assertThat(permitted()).isFalse();
		for (RepeatedConsent repeated : List.of(RepeatedConsent.THE_SAME_MESSAGE, RepeatedConsent.THE_SAME_TIME,
				RepeatedConsent.AN_OLDER_TIME)) {
			repeated.send(this.api, this.person);
			assertThat(permitted()).as("%s", repeated).isFalse();
		}
	}

	@Test
	void keepsAWithdrawalForOtherTopicsApart() {
		this.api.put(consents(this.person) + "/product-news", OPT_IN).expect(200);
		Withdrawal.REVOKED_WITH_EVIDENCE.send(this.api, this.person);
		this.api
			.event("identify",
					"""
							{"userId":"%s","context":{"consent":{"categoryPreferences":{"marketing":true,"product-news":true}}}}"""
						.formatted(this.user))
			.expect(200);
		assertThat(permitted()).isFalse();
		assertThat(permitted(this.person, "product-news")).isTrue();
	}

	@Test
	void keepsARefusalInAConsentObjectWhenAnotherSourceRepeatsTheOldOne() {
		this.api
			.event("identify",
					"""
							{"userId":"%s","context":{"consent":{"categoryPreferences":{"marketing":false}}}}"""
						.formatted(this.user))
			.expect(200);
		RepeatedConsent.ANOTHER_SOURCE.send(this.api, this.person);
		assertThat(permitted()).isFalse();
	}

	@Test
	void keepsARefusalInAFile() {
		this.api
			.call("POST", "/api/v1/profiles/import",
					"userId,email,consent.marketing\n%s,%s,no\n".formatted(this.user, this.person.email()),
					"Content-Type", "text/csv")
			.expect(200);
		assertThat(permitted()).isFalse();
		RepeatedConsent.NOW.send(this.api, this.person);
		RepeatedConsent.A_FILE.send(this.api, this.person);
		assertThat(permitted()).isFalse();
	}

	@Test
	void keepsAnUnsubscriptionThatArrivesBeforeTheFirstConsentObject() {
		String id = "early-" + this.user;
		Subscriber one = new Subscriber(id, id + "@example.com", Instant.now().minus(Duration.ofDays(2)));
		this.api.event("track", "{\"userId\":\"%s\",\"event\":\"Unsubscribed\"}".formatted(id)).expect(200);
		RepeatedConsent.THE_SAME_MESSAGE.send(this.api, one);
		RepeatedConsent.NOW.send(this.api, one);
		assertThat(permitted(one)).isFalse();
	}

	private Subscriber subscriber(String id, String email) {
		Instant subscribed = Instant.now().minus(Duration.ofDays(2));
		this.api
			.event("identify",
					"""
							{"userId":"%1$s","messageId":"first-%1$s","timestamp":"%2$s","traits":{"email":"%3$s","firstName":"Ada",
							"timezone":"%4$s"},"context":{"consent":{"categoryPreferences":{"marketing":true}}}}"""
						.formatted(id, subscribed, email, PublicShop.noon()))
			.expect(200);
		Subscriber one = new Subscriber(id, email, subscribed);
		assertThat(permitted(one)).as("before the withdrawal").isTrue();
		return one;
	}

	private static String consenting(String id, Instant at) {
		return """
				{"type":"identify","userId":"%s","timestamp":"%s",
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}""".formatted(id, at);
	}

	private boolean permitted() {
		return permitted(this.person);
	}

	private boolean permitted(Subscriber one) {
		return permitted(one, "marketing");
	}

	private boolean permitted(Subscriber one, String topic) {
		ProfileId profile = this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, one.user()))
			.orElseThrow();
		SendPermission permission = this.transactions
			.execute((status) -> this.permissions.decide(TestTenant.ID, topic, List.of(profile)).get(profile));
		return permission instanceof SendPermission.Granted;
	}

	private String status() {
		for (var consent : this.api.read(consents(this.person)).path("items")) {
			if (consent.path("topic").asText().equals("marketing")) {
				return consent.path("status").asText();
			}
		}
		return "";
	}

	private static String consents(Subscriber one) {
		return "/api/v1/profiles/" + one.user() + "/consents";
	}

}
