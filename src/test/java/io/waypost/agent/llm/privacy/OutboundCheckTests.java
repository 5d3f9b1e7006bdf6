package io.waypost.agent.llm.privacy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.agent.pii.PersonalDataDetector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboundCheckTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int REQUESTS = 10_000;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final OutboundCheck check = new OutboundCheck(new PersonalDataDetector(), this.meters);

	/** Thousands of warnings would hide those of other tests. */
	@BeforeAll
	static void silence() {
		((Logger) LoggerFactory.getLogger(OutboundCheck.class)).setLevel(Level.OFF);
	}

	@AfterAll
	static void logAgain() {
		((Logger) LoggerFactory.getLogger(OutboundCheck.class)).setLevel(null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "For Quentin Smithson. | Quentin Smithson", "for QUENTIN   SMITHSON | Quentin Smithson",
					"q u e n t i n s m i t h s o n | Quentin Smithson", "Quentin%20Smithson | quentin smithson",
					"Quentin+Smithson | Quentin Smithson", "\\u0051uentin\\nSmithson | Quentin Smithson",
					"\\\\u0051uentin Smithson | Quentin Smithson", "%5Cu0051uentin Smithson | Quentin Smithson",
					"Dear Ina, | Ina", "I n a | Ina", "Jos\u00e9 | Jose", "Que\u200bntin Smith-son | Quentin Smithson",
					"customer_C-1001. | C-1001", "id=c1001 | C-1001", "ou t to +49 (30) 1234 5678 | 493012345678",
					"\uD835\uDC10uentin Smithson | Quentin Smithson" })
	void findsIdentities(String text, String identity) {
		assertThatExceptionOfType(PersonalDataBlockedException.class)
			.isThrownBy(() -> this.check.check(text, Set.of(identity)))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainIgnoringCase(identity));
		assertThat(this.meters.get("waypost.model.blocked").counter().count()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Come in a hurry | Ina", "This is a sale | Isa", "Christmas roses | Chris",
					"an annual plant | Ann", "Save 20% at once | Ada", "Basil 3.99 EUR, 2026-12-24, 4 for 3 | Anna",
					"https://shop.example/basil?utm_source=mail | Ben" })
	void letsOrdinaryTextsPass(String text, String identity) {
		assertThatCode(() -> this.check.check(text, Set.of(identity, "x", ""))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "mail jane.doe@example.org", "{\"a\":\"mail\\njane.doe@example.org\"}",
			"jane.doe%40example.org", "IBAN DE89 3704 0044 0532 0130 00", "+1 (415) 555-2671 is my phone number",
			"{\"a\":\"card\\n4111 1111 1111 1111\"}" })
	void findsValuesWithANotation(String text) {
		assertThatExceptionOfType(PersonalDataBlockedException.class)
			.isThrownBy(() -> this.check.check(text, Set.of()));
	}

	@Test
	void findsOnePlantedIdentityInEachOfManyRequests() throws JsonProcessingException {
		Random random = new Random(11);
		for (int i = 0; i < REQUESTS; i++) {
			String identity = identity(random, i);
			String planted = body(random, disguise(random, identity));
			assertThat(blocks(planted, Set.of(identity, "other-person-" + i))).as(planted).isTrue();
		}
		assertThat(this.meters.get("waypost.model.blocked").counter().count()).isEqualTo(REQUESTS);
	}

	@Test
	void blocksNoRequestWithoutAnIdentity() throws JsonProcessingException {
		Random random = new Random(12);
		for (int i = 0; i < 1000; i++) {
			Set<String> identities = Set.of(identity(random, i), identity(random, i + 1), "Ina", "Mark");
			String body = body(random, "them");
			assertThat(blocks(body, identities)).as(body).isFalse();
		}
	}

	private boolean blocks(String body, Set<String> identities) {
		try {
			this.check.check(body, identities);
			return false;
		}
		catch (PersonalDataBlockedException ex) {
			return true;
		}
	}

	private static String identity(Random random, int number) {
		return switch (random.nextInt(4)) {
			case 0 -> "person" + number + "@mail" + number + ".example";
			case 1 -> "+4930" + (10_000_000 + number);
			case 2 -> "Zq" + (char) ('a' + number % 26) + "elda Brak" + (char) ('a' + number / 26 % 26) + "ovic";
			default -> "cust-" + Integer.toString(1_000_000 + number * 31, 36);
		};
	}

	private static String disguise(Random random, String identity) throws JsonProcessingException {
		return switch (random.nextInt(7)) {
			case 0 -> identity;
			case 1 -> identity.toUpperCase(Locale.ROOT);
			case 2 -> URLEncoder.encode(identity, StandardCharsets.UTF_8);
			case 3 -> identity.chars().mapToObj((c) -> "\\u%04x".formatted(c)).collect(Collectors.joining());
			case 4 -> identity.chars().mapToObj(Character::toString).collect(Collectors.joining(" "));
			case 5 -> identity.substring(0, identity.length() / 2) + "\n\t" + identity.substring(identity.length() / 2);
			default -> JSON.writeValueAsString(identity);
		};
	}

	private static String body(Random random, String planted) throws JsonProcessingException {
		List<String> facts = List.of("Basil costs 3.99 EUR", "20 % off until 2026-12-24", "4 for 3 on seeds",
				"Order no. 20261 is a sample", "Free delivery from 30 EUR", "Watering can, 10 l, size 40x30 cm",
				"https://shop.example/p/basil-12?x=1", "Rated 4.8 of 5 by 1,204 buyers");
		String user = random.ints(6, 0, facts.size()).mapToObj(facts::get).collect(Collectors.joining("\n"));
		return JSON.writeValueAsString(Map.of("model", "large", "max_tokens", 1400, "temperature", 0.7, "messages",
				List.of(Map.of("role", "user", "content", user + " for " + planted + " now."))));
	}

}
