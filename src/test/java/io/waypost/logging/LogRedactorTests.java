package io.waypost.logging;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Identifiers and secrets leave no trace in log lines; ordinary lines stay as they are.
 */
class LogRedactorTests {

	/** Forms of RFC 5322, RFC 6531 and RFC 3986. */
	@ParameterizedTest
	@ValueSource(strings = { "ada@example.com", "ada.lovelace+news@mail.example.co.uk", "<ada@example.com>",
			"mailto:ada@example.com", "\"ada lovelace\"@example.com", "ada@[203.0.113.7]", "ada@[IPv6:2001:db8::1]",
			"ada(home)@example.com", "ada @ example.com", "o'hara.ada@example.com", "ada@localhost",
			"ada%40example.com", "?email=ada%40example.com&x=1", "ada&#64;example.com", "ada\uff20example.com",
			"\u00e4da@example.com", "ada@b\u00fccher.example", "\u7528\u6237ada@\u4f8b\u5b50.\u5e7f\u544a",
			"ada@xn--bcher-kva.example", "bounces+ada=example.com@esp.example", "{\"email\":\"ada@example.com\"}",
			"email='ada@example.com'", "ADA@EXAMPLE.COM", "ada@example.com.", "a,ada@example.com;b@example.com",
			"_ada_@example.com", "ada-@example.com", "{ada@example.com}", "550 5.1.1 <ada@example.com>: unknown" })
	void redactsEmailAddresses(String address) {
		for (String line : new String[] { address, "to " + address, "to " + address + " failed" }) {
			assertThat(LogRedactor.redact(line)).contains("[e-mail]").doesNotContainIgnoringCase("ada");
		}
	}

	/** Forms of E.164 and RFC 3966, and those that people type. */
	@ParameterizedTest
	@ValueSource(strings = { "+4930901820", "+49 30 901820", "+49 (0)30 901820", "+1-202-555-0136", "+1.202.555.0136",
			"+1 (202) 555-0136", "tel:+1-202-555-0136", "tel:555-0136", "004930901820", "00 49 30 901820",
			"(202) 555-0136", "202-555-0136", "202.555.0136", "\uff0b49 30 901820", "%2B4930901820",
			"+49\u00a030\u00a0901820", "+49/30/901820", "phone=+4930901820" })
	void redactsPhoneNumbers(String number) {
		assertThat(LogRedactor.redact("call " + number + " now")).contains("[phone]")
			.doesNotContain("901820")
			.doesNotContain("0136");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer s3cretvalue", "authorization=[Basic YWRtaW46czNjcmV0dmFsdWU=]",
			"Bearer s3cretvalue", "bearer\ts3cretvalue", "Basic YWRtaW46czNjcmV0dmFsdWU=", "password=s3cretvalue",
			"\"password\" : \"s3cretvalue with spaces\"", "spring.datasource.password: s3cretvalue",
			"PASSWORD='s3cretvalue'", "pwd=s3cretvalue&user=x", "client_secret=s3cretvalue",
			"access_token%3Ds3cretvalue", "writeKey: s3cretvalue", "\"write_key\":\"s3cretvalue\"",
			"api-key=s3cretvalue", "apiKey='s3cretvalue'", "X-Api-Key: s3cretvalue", "X-Vault-Token: hvs.s3cretvalue",
			"Cookie: JSESSIONID=s3cretvalue; a=b", "jdbc:postgresql://db/waypost?user=x&password=s3cretvalue",
			"https://waypost:s3cretvalue@db.example/x", "wpk_s3cretvalue-0123456789", "wpt_s3cretvalue_0123456789",
			"/invitation/wpi_s3cretvalue0123456789", "/t/c/5f1c22ab.shop.s3cretvalue.0.abcdef",
			"/u/5f1c22ab.shop.s3cretvalue.0.abcdef", "eyJhbGciOiJIUzI1NiJ9.eyJzM2NyZXR2YWx1ZSI6MX0.s3cretvalue",
			"waypost.delivery.link-key=s3cretvalue" })
	void redactsSecrets(String secret) {
		assertThat(LogRedactor.redact("got " + secret)).contains("[secret]")
			.doesNotContain("s3cretvalue")
			.doesNotContain("YWRtaW46");
	}

	@ParameterizedTest
	@ValueSource(strings = { "203.0.113.7", "from 8.8.8.8:443", "2001:db8::1", "[2001:db8::1]:443",
			"2001:0db8:0000:0000:0000:ff00:0042:8329", "::ffff:203.0.113.7", "ip=203.0.113.7," })
	void redactsAddressesOfClients(String address) {
		assertThat(LogRedactor.redact(address)).contains("[address]").doesNotContain("113").doesNotContain("db8");
	}

	@Test
	void redactsTheValuesOfAViolatedKey() {
		assertThat(LogRedactor
			.redact("ERROR: duplicate key\n  Detail: Key (tenant, user_id)=(shop, u-17) already exists."))
			.contains("Key (tenant, user_id)=([redacted]) already exists.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Started Waypost in 8.214 seconds (process running for 9.001)",
			"Dispatched 500 sends in 00:00:12.345", "java.lang.Object@1b6d3586", "[B@4aa298b7", "@Requires is missing",
			"Run 019ac2f4-7c1e-7b2a-9a44-0a1b2c3d4e5f ended", "Migrating schema to version 202611301830",
			"2026-11-30T18:24:04.123+01:00 ready", "PostgreSQL is ready on 127.0.0.1:5433", "node 10.0.12.7 joined",
			"Tomcat 10.1.61", "Basic authentication is off", "Table consent, row 12: status = GRANTED",
			"http://localhost:8080/campaigns", "io.waypost.Foo::bar", "3 + 4 = 7", "key 'welcome' is unknown",
			"Stream token ended after 12345678 bytes", "5 of 1000 (0.5%) failed", "port 8080: in use" })
	void leavesOrdinaryLinesAlone(String line) {
		assertThat(LogRedactor.redact(line)).isSameAs(line).isEqualTo(line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			email=ada@example.com, user=7          | email=[e-mail], user=7
			GET /api/v1/profiles/ada@example.com   | GET /api/v1/profiles/[e-mail]
			password=x1 for host db                | password=[secret] for host db
			Authorization: Bearer abc123           | Authorization: [secret]
			https://u:p@db.example/x               | https://[secret]@db.example/x
			""")
	void keepsWhatTheLineIsAbout(String line, String expected) {
		assertThat(LogRedactor.redact(line)).isEqualTo(expected);
	}

	@Test
	void takesTimeLinearInTheText() {
		for (String part : new String[] { "a.", "@", "password", "+1 ", "\"", "1.", "::", "Key (", "a=", "(", "%40" }) {
			String text = part.repeat(200_000 / part.length());
			assertTimeoutPreemptively(Duration.ofSeconds(5), () -> LogRedactor.redact(text), part);
		}
		assertThatNoException().isThrownBy(() -> LogRedactor.redact("\ud83d@\ude00"));
	}

}
