package io.waypost.delivery;

import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.consent.PermissionGate;
import io.waypost.content.BrandKits;
import io.waypost.content.Renderer;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {

	@Bean
	LinkKeys linkKeys(DeliverySettings settings, @Value("${waypost.public-url}") String publicUrl,
			@Value("${waypost.data-dir:./data}") Path dataDir, RandomGenerator random) {
		String secret = settings.linkKey();
		return new LinkKeys(publicUrl,
				(secret != null) ? secret : LinkKeys.secretIn(dataDir.resolve("link.key"), random),
				settings.retiredLinkKeys());
	}

	@Bean
	Seams.Gate dispatchGate(PermissionGate gate) {
		return gate::decide;
	}

	@Bean
	Seams.AddressBook addressBook(Vault vault) {
		return vault::open;
	}

	@Bean
	Seams.Hashing addressHashing(Profiles profiles) {
		return profiles::hash;
	}

	@Bean
	Seams.Brands dispatchBrands(BrandKits kits) {
		return kits::require;
	}

	@Bean
	Seams.Rendering rendering(Renderer renderer) {
		return renderer::render;
	}

	@Bean
	Submission submission(Seams.AddressBook addresses, Seams.Hashing hashing, Seams.Brands brands, Composer composer,
			EspRoster roster, DeliverySettings settings, MeterRegistry metrics, Clock clock) {
		return new Submission(addresses, hashing, brands, composer, roster, settings, metrics, clock, System::nanoTime);
	}

	@Bean
	Dispatcher dispatcher(Claims claims, Submission submission, Outcomes outcomes, EspRoster roster,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		return new Dispatcher(claims, submission, outcomes, roster, signal, settings, metrics);
	}

}
