package io.waypost.identity.masterkey;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every key management service does in addition, against a stub of its HTTP API. */
abstract class RemoteMasterKeyContractTests extends MasterKeyContractTests {

	static final Duration PAUSE = Duration.ofMillis(10);

	private final KeyServiceStub stub = new KeyServiceStub();

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().extensions(this.stub));

	@BeforeEach
	void start() {
		this.server.start();
		this.server.stubFor(post(anyUrl()).willReturn(aResponse().withTransformers(KeyServiceStub.NAME)));
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	WireMockServer server() {
		return this.server;
	}

	KeyServiceStub stub() {
		return this.stub;
	}

	@Test
	void triesAgainWhenTheServiceFailsForAMoment() {
		this.stub.failNext(2, 503);
		byte[] wrapped = masterKey().wrap(1, new byte[32]);
		this.stub.failNext(1, 429);
		assertThat(masterKey().unwrap(1, wrapped)).isEqualTo(new byte[32]);
	}

	@Test
	void givesUpAfterThreeAttemptsAndNamesTheStatus() {
		this.stub.failNext(100, 503);
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> masterKey().wrap(1, new byte[32]))
			.withMessageContaining("503");
		assertThat(this.server.getAllServeEvents()).hasSize(3);
	}

	@Test
	void doesNotRepeatWhatTheServiceRefuses() {
		this.stub.failNext(100, 403);
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> masterKey().wrap(1, new byte[32]))
			.withMessageContaining("403")
			.withMessageContaining("permission denied");
		assertThat(this.server.getAllServeEvents()).hasSize(1);
	}

	@Test
	void namesAServiceThatDoesNotAnswer() {
		MasterKey key = masterKey();
		this.server.stop();
		assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> key.wrap(1, new byte[32]))
			.withMessageContaining("does not answer")
			.withMessageContaining("localhost:");
	}

}
