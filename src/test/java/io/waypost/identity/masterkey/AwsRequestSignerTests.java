package io.waypost.identity.masterkey;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The signatures are those of AWS's published test suite for Signature Version 4. */
class AwsRequestSignerTests {

	private static final AwsCredentials CREDENTIALS = new AwsCredentials("AKIDEXAMPLE",
			"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);

	private static final URI TARGET = URI.create("https://example.amazonaws.com/");

	private final AwsRequestSigner signer = new AwsRequestSigner("us-east-1", "service",
			Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC));

	@Test
	void signsGetVanilla() {
		assertThat(sign("GET", Map.of(), ""))
			.isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
					+ "SignedHeaders=host;x-amz-date, "
					+ "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
	}

	@Test
	void signsPostVanilla() {
		assertThat(sign("POST", Map.of(), ""))
			.endsWith("Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
	}

	@Test
	void signsPostWithABodyAndAHeader() {
		assertThat(sign("POST", Map.of("Content-Type", "application/x-www-form-urlencoded"), "Param1=value1"))
			.contains("SignedHeaders=content-type;host;x-amz-date,")
			.endsWith("Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
	}

	@Test
	void signsTheSessionTokenToo() {
		Map<String, String> headers = this.signer.sign("POST", TARGET, Map.of(), new byte[0],
				new AwsCredentials("AKIDEXAMPLE", "secret", "token"));
		assertThat(headers).containsEntry("X-Amz-Security-Token", "token");
		assertThat(headers.get("Authorization")).contains("SignedHeaders=host;x-amz-date;x-amz-security-token,");
	}

	private String sign(String method, Map<String, String> headers, String body) {
		return this.signer.sign(method, TARGET, headers, body.getBytes(StandardCharsets.UTF_8), CREDENTIALS)
			.get("Authorization");
	}

}
