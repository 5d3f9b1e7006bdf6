package io.waypost.identity.masterkey;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.waypost.access.SecretFile;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Selects the source of the master key. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MasterKeySettings.class)
public class MasterKeyConfiguration {

	private static final Duration PAUSE = Duration.ofMillis(500);

	@Bean
	MasterKeys masterKeys(MasterKeySettings settings, @Value("${waypost.data-dir}") Path dataDirectory,
			RandomGenerator random, Clock clock) {
		return create(settings, dataDirectory, random, clock);
	}

	static MasterKeys create(MasterKeySettings settings, Path dataDirectory, RandomGenerator random, Clock clock) {
		requireOneSource(settings);
		List<LocalMasterKey> retired = settings.retiredMasterKeys()
			.stream()
			.map((key) -> LocalMasterKey.parse(key, "waypost.identity.retired-master-keys", random))
			.toList();
		String key = settings.masterKey();
		if (key != null && !key.isBlank()) {
			return new FixedMasterKeys(LocalMasterKey.parse(key, "waypost.identity.master-key", random), retired);
		}
		AwsKmsSettings kms = settings.awsKms();
		if (kms != null) {
			return new FixedMasterKeys(
					new AwsKmsMasterKey(kms, new AwsCredentialsProvider(System::getenv, PAUSE), clock, PAUSE), retired);
		}
		VaultTransitSettings vault = settings.vaultTransit();
		if (vault != null) {
			return new FixedMasterKeys(new VaultTransitMasterKey(vault, () -> token(vault), PAUSE), retired);
		}
		Path file = settings.masterKeyFile();
		return new FileMasterKeys((file != null) ? new SecretFile(file) : SecretFile.in(dataDirectory, "master.key"),
				file == null, retired, random);
	}

	private static void requireOneSource(MasterKeySettings settings) {
		Map<String, Boolean> sources = new LinkedHashMap<>();
		sources.put("master-key", hasText(settings.masterKey()));
		sources.put("master-key-file", settings.masterKeyFile() != null);
		sources.put("aws-kms", settings.awsKms() != null);
		sources.put("vault-transit", settings.vaultTransit() != null);
		List<String> set = new ArrayList<>();
		sources.forEach((name, present) -> {
			if (present) {
				set.add("waypost.identity." + name);
			}
		});
		if (set.size() > 1) {
			throw new MasterKeyException("Several sources of the master key are set: %s. Keep one of them"
				.formatted(String.join(", ", set)));
		}
	}

	private static String token(VaultTransitSettings settings) {
		Path file = settings.tokenFile();
		String token = (file != null) ? new SecretFile(file).read() : settings.token();
		if (token == null || token.isBlank()) {
			throw new MasterKeyException("No token for Vault: set waypost.identity.vault-transit.token-file or .token");
		}
		return token;
	}

	private static boolean hasText(@Nullable String text) {
		return text != null && !text.isBlank();
	}

}
