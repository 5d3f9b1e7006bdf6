package io.waypost.delivery;

import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.consent.PermissionGate;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKits;
import io.waypost.content.Draft;
import io.waypost.content.PreparedMail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Renderer;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import org.jspecify.annotations.Nullable;

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
		return new Seams.Rendering() {

			@Override
			public RenderedEmail render(Draft draft, BrandKit brand, @Nullable String firstName, String journey,
					RecipientLinks links) {
				return renderer.render(draft, brand, firstName, journey, links);
			}

			@Override
			public PreparedMail prepare(Draft draft, BrandKit brand, String journey, boolean pixel) {
				return renderer.prepare(draft, brand, journey, pixel);
			}

		};
	}

	/** Of the people it writes to, dispatch opens no more than goes into a message. */
	@Bean
	Submission submission(Vault vault, Seams.Hashing hashing, Seams.Brands brands, Composer composer, EspRoster roster,
			DeliverySettings settings, MeterRegistry metrics, Clock clock) {
		return new Submission(vault::openAddressees, hashing, brands, composer, roster, settings, metrics, clock,
				System::nanoTime);
	}

	@Bean
	Dispatcher dispatcher(Claims claims, Submission submission, Outcomes outcomes, EspRoster roster,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		return new Dispatcher(claims, submission, outcomes, roster, signal, settings, metrics);
	}

}
