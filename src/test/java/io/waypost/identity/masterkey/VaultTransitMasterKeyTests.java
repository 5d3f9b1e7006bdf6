package io.waypost.identity.masterkey;

import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

/** Vault's transit engine keeps the contract. */
class VaultTransitMasterKeyTests extends RemoteMasterKeyContractTests {

	@Override
	MasterKey masterKey() {
		return key("waypost");
	}

	@Override
	MasterKey otherMasterKey() {
		return key("other");
	}

	private MasterKey key(String name) {
		return new VaultTransitMasterKey(
				new VaultTransitSettings(server().baseUrl() + "/", name, "transit-eu", "team", null, null),
				() -> "token-of-agent", PAUSE);
	}

	@Test
	void sendsTokenAndNamespace() {
		masterKey().wrap(1, new byte[32]);
		server().verify(postRequestedFor(urlEqualTo("/v1/transit-eu/encrypt/waypost"))
			.withHeader("X-Vault-Token", equalTo("token-of-agent"))
			.withHeader("X-Vault-Namespace", equalTo("team")));
	}

}
