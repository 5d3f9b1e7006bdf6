package io.waypost.identity.vault;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the vault. */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

	@Bean
	Keyring keyring(RootKeys rootKeys) {
		return new Keyring(rootKeys::load);
	}

}
