package io.waypost.identity.masterkey;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** AWS KMS keeps the contract; credentials come from the usual places. */
class AwsKmsMasterKeyTests extends RemoteMasterKeyContractTests {

	private static final String ISSUED = "{\"AccessKeyId\":\"ASIA1\",\"SecretAccessKey\":\"s\",\"Token\":\"t1\"}";

	private final Map<String, String> environment = new HashMap<>();

	@Override
	MasterKey masterKey() {
		return key("alias/waypost");
	}

	@Override
	MasterKey otherMasterKey() {
		return key("alias/other");
	}

	private MasterKey key(String id) {
		return new AwsKmsMasterKey(new AwsKmsSettings(id, "eu-central-1", server().baseUrl()),
				() -> new AwsCredentials("AKID", "secret", null), Clock.systemUTC(), PAUSE);
	}

	@Test
	void signsItsRequests() {
		masterKey().wrap(3, new byte[32]);
		server()
			.verify(postRequestedFor(urlEqualTo("/")).withHeader("Content-Type", equalTo("application/x-amz-json-1.1"))
				.withHeader("Authorization",
						matching("AWS4-HMAC-SHA256 Credential=AKID/\\d{8}/eu-central-1/kms/aws4_request, "
								+ "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}"))
				.withRequestBody(matchingJsonPath("$.EncryptionContext['waypost:root-key']", equalTo("3"))));
	}

	@Test
	void prefersTheEnvironmentVariables() {
		this.environment.put("AWS_ACCESS_KEY_ID", "AKIA1");
		this.environment.put("AWS_SECRET_ACCESS_KEY", "s");
		assertThat(credentials()).isEqualTo(new AwsCredentials("AKIA1", "s", null)).asString().doesNotContain("AKIA1");
	}

	@Test
	void asksTheContainer() {
		server().stubFor(get("/v1/credentials").withHeader("Authorization", equalTo("pod"))
			.willReturn(aResponse().withBody(ISSUED)));
		this.environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server().baseUrl() + "/v1/credentials");
		this.environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod");
		assertThat(credentials()).isEqualTo(new AwsCredentials("ASIA1", "s", "t1"));
	}

	@Test
	void asksTheInstanceWithASessionToken() {
		String roles = "/latest/meta-data/iam/security-credentials/";
		server().stubFor(put("/latest/api/token").willReturn(aResponse().withBody("imds")));
		server().stubFor(get(roles).withHeader("X-aws-ec2-metadata-token", equalTo("imds"))
			.willReturn(aResponse().withBody("waypost-role")));
		server().stubFor(get(roles + "waypost-role").withHeader("X-aws-ec2-metadata-token", equalTo("imds"))
			.willReturn(aResponse().withBody(ISSUED)));
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server().baseUrl());
		assertThat(credentials()).isEqualTo(new AwsCredentials("ASIA1", "s", "t1"));
	}

	@Test
	void explainsMissingCredentials() {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server().baseUrl());
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(this::credentials)
			.withMessageContaining("AWS_ACCESS_KEY_ID");
	}

	private AwsCredentials credentials() {
		return new AwsCredentialsProvider(this.environment::get, PAUSE).get();
	}

}
