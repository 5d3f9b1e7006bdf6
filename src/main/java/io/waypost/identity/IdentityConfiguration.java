package io.waypost.identity;

import java.nio.file.Path;
import java.util.random.RandomGenerator;

import io.waypost.identity.vault.Keyring;
import io.waypost.identity.vault.MasterKeyLoader;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
class IdentityConfiguration {

	@Bean
	Keyring keyring(IdentitySettings settings, @Value("${waypost.data-dir}") Path dataDirectory,
			RandomGenerator random) {
		return new Keyring(MasterKeyLoader.load(settings.masterKey(), dataDirectory.resolve("master.key"), random));
	}

}
