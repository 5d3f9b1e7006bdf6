package io.waypost.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import io.waypost.testing.PublicApi;

/**
 * A way in which a source repeats a consent that a customer gave earlier, without new
 * evidence.
 */
enum RepeatedConsent {

	THE_SAME_MESSAGE {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, "first-" + person.user(), person.subscribed(), CONSENT)).expect(200);
		}
	},

	THE_SAME_TIME {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), person.subscribed(), CONSENT)).expect(200);
		}
	},

	AN_OLDER_TIME {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), person.subscribed().minus(Duration.ofDays(30)), CONSENT))
				.expect(200);
		}
	},

	NOW {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), Instant.now(), CONSENT)).expect(200);
		}
	},

	A_TIME_IN_THE_FUTURE {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), Instant.now().plus(Duration.ofDays(400)), CONSENT))
				.expect(200);
		}
	},

	NO_TIME_AND_NO_MESSAGE_ID {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", "{\"userId\":\"%s\",\"context\":{\"consent\":%s}}".formatted(person.user(), CONSENT))
				.expect(200);
		}
	},

	A_CLOCK_THAT_IS_WRONG {
		@Override
		void send(PublicApi api, Subscriber person) {
			Instant now = Instant.now();
			api.event("identify", """
					{"userId":"%s","messageId":"%s","timestamp":"%s","originalTimestamp":"%s","sentAt":"%s",
					"context":{"consent":%s}}""".formatted(person.user(), id(), now.minus(Duration.ofHours(5)),
					now.minus(Duration.ofHours(5)), now.minus(Duration.ofHours(6)), CONSENT))
				.expect(200);
		}
	},

	ANOTHER_CASE_OF_THE_TOPIC {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), Instant.now(),
					"{\"categoryPreferences\":{\"Marketing\":true,\"MARKETING\":true,\" marketing \":true}}"));
		}
	},

	OTHER_VALUES_FOR_TRUE {
		@Override
		void send(PublicApi api, Subscriber person) {
			for (String value : new String[] { "\"true\"", "\"TRUE\"", "1", "\"yes\"", "\"GRANTED\"" }) {
				api.event("identify", identify(person, id(), Instant.now(),
						"{\"categoryPreferences\":{\"marketing\":%s}}".formatted(value)));
			}
		}
	},

	A_CONSENT_OBJECT_WITH_MORE_FIELDS {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), Instant.now(), """
					{"categoryPreferences":{"marketing":true,"service":true},"source":"banner","version":"3",
					"status":"GRANTED"}""")).expect(200);
		}
	},

	A_TRACKED_EVENT {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("track", """
					{"userId":"%s","messageId":"%s","event":"Product Viewed","properties":{"product_id":"kettle"},
					"context":{"consent":%s}}""".formatted(person.user(), id(), CONSENT)).expect(200);
		}
	},

	SEGMENTS_CONSENT_EVENT {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("track", """
					{"userId":"%s","messageId":"%s","event":"Segment Consent Preference Updated","properties":{},
					"context":{"consent":%s}}""".formatted(person.user(), id(), CONSENT)).expect(200);
		}
	},

	PAGES_SCREENS_AND_GROUPS {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("page", "{\"userId\":\"%s\",\"name\":\"Home\",\"context\":{\"consent\":%s}}"
				.formatted(person.user(), CONSENT));
			api.event("screen", "{\"userId\":\"%s\",\"name\":\"Home\",\"context\":{\"consent\":%s}}"
				.formatted(person.user(), CONSENT));
			api.event("group", "{\"userId\":\"%s\",\"groupId\":\"g\",\"context\":{\"consent\":%s}}"
				.formatted(person.user(), CONSENT));
		}
	},

	THE_CONTEXT_OF_A_BATCH {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("batch",
					"""
							{"context":{"consent":%2$s},"batch":[{"type":"identify","userId":"%1$s","traits":{"firstName":"Ada"}},
							{"type":"identify","userId":"%1$s","traits":{"firstName":"Ada"},"context":{"consent":%2$s}}]}"""
						.formatted(person.user(), CONSENT))
				.expect(200);
		}
	},

	SEVERAL_EVENTS_OF_ANY_TIME {
		@Override
		void send(PublicApi api, Subscriber person) {
			StringBuilder batch = new StringBuilder();
			for (int hours : new int[] { 0, -50, 3, -1, -2000 }) {
				batch.append(batch.isEmpty() ? "" : ",")
					.append("{\"type\":\"identify\",")
					.append(identify(person, id(), Instant.now().plus(Duration.ofHours(hours)), CONSENT).substring(1));
			}
			api.event("batch", "{\"batch\":[" + batch + "]}").expect(200);
		}
	},

	AN_IMPORT_OF_SEGMENTS_LIBRARY {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("import/", "{\"batch\":[{\"type\":\"identify\","
					+ identify(person, id(), Instant.now(), CONSENT).substring(1) + "]}")
				.expect(200);
		}
	},

	A_FILE {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.call("POST", "/api/v1/profiles/import",
					"userId,email,consent.marketing\n%s,%s,true\n".formatted(person.user(), person.email()),
					"Content-Type", "text/csv")
				.expect(200);
		}
	},

	ANOTHER_SOURCE {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", identify(person, id(), Instant.now(), CONSENT), "Authorization",
					PublicApi.basic(OTHER_SOURCE))
				.expect(200);
		}
	},

	A_DEVICE_THAT_SIGNS_IN {
		@Override
		void send(PublicApi api, Subscriber person) {
			String device = "device-" + UUID.randomUUID();
			api.event("identify", "{\"anonymousId\":\"%s\",\"context\":{\"consent\":%s}}".formatted(device, CONSENT))
				.expect(200);
			api.event("identify", "{\"anonymousId\":\"%s\",\"userId\":\"%s\"}".formatted(device, person.user()))
				.expect(200);
		}
	},

	A_DEVICE_THAT_NAMES_THE_ADDRESS {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", """
					{"anonymousId":"device-%s","traits":{"email":"%s"},"context":{"consent":%s}}""".formatted(id(),
					person.email(), CONSENT))
				.expect(200);
		}
	},

	THE_ADDRESS_IN_UPPER_CASE {
		@Override
		void send(PublicApi api, Subscriber person) {
			api.event("identify", """
					{"userId":"%s","traits":{"email":" %s "},"context":{"consent":%s}}""".formatted(person.user(),
					person.email().toUpperCase(Locale.ROOT), CONSENT));
		}
	},

	A_SECOND_USER_ID {
		@Override
		void send(PublicApi api, Subscriber person) {
			String second = "second-" + UUID.randomUUID();
			api.event("identify", "{\"userId\":\"%s\",\"context\":{\"consent\":%s}}".formatted(second, CONSENT))
				.expect(200);
			api.event("alias", "{\"previousId\":\"%s\",\"userId\":\"%s\"}".formatted(second, person.user()))
				.expect(200);
		}
	},

	A_NEW_USER_ID {
		@Override
		void send(PublicApi api, Subscriber person) {
			String second = "second-" + UUID.randomUUID();
			api.event("alias", "{\"previousId\":\"%s\",\"userId\":\"%s\"}".formatted(person.user(), second))
				.expect(200);
			api.event("identify", "{\"userId\":\"%s\",\"context\":{\"consent\":%s}}".formatted(second, CONSENT))
				.expect(200);
		}
	},

	A_MERGE_WITHIN_A_BATCH {
		@Override
		void send(PublicApi api, Subscriber person) {
			String second = "second-" + UUID.randomUUID();
			api.event("batch", """
					{"batch":[{"type":"alias","previousId":"%2$s","userId":"%1$s"},
					{"type":"identify","userId":"%2$s","context":{"consent":%3$s}},
					{"type":"identify","userId":"%1$s","context":{"consent":%3$s}}]}""".formatted(person.user(), second,
					CONSENT))
				.expect(200);
		}
	},

	A_CORRECTED_FAILED_EVENT {
		@Override
		void send(PublicApi api, Subscriber person) {
			String event = identify(person, id(), Instant.now(), CONSENT).substring(1);
			api.event("batch", "{\"batch\":[{\"type\":\"identifi\",%s]}".formatted(event)).expect(200);
			String letter = "/api/v1/dead-letters/"
					+ api.read("/api/v1/dead-letters?limit=1").at("/items/0/id").asText();
			api.put(letter, "{\"event\":{\"type\":\"identify\",%s}".formatted(event)).expect(200);
			api.post(letter + "/replay", "").expect(200);
		}
	};

	/** Write key of another source of the tenant. */
	static final String OTHER_SOURCE = "test-write-key-of-the-till";

	private static final String CONSENT = "{\"categoryPreferences\":{\"marketing\":true}}";

	abstract void send(PublicApi api, Subscriber person);

	private static String id() {
		return UUID.randomUUID().toString();
	}

	private static String identify(Subscriber person, String messageId, Instant at, String consent) {
		return """
				{"userId":"%s","messageId":"%s","timestamp":"%s","traits":{"email":"%s","firstName":"Ada"},
				"context":{"consent":%s}}""".formatted(person.user(), messageId, at, person.email(), consent);
	}

	/**
	 * A customer who agreed once.
	 *
	 * @param user user id
	 * @param email address
	 * @param subscribed when the customer agreed
	 */
	record Subscriber(String user, String email, Instant subscribed) {

	}

}
