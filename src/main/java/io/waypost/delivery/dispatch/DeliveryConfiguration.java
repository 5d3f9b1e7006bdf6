package io.waypost.delivery.dispatch;

import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outcome.SendOutcomeRepository;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.queue.PermissionCheck;
import io.waypost.delivery.queue.SendClaimer;
import io.waypost.delivery.tracking.LinkKeyFile;
import io.waypost.delivery.tracking.LinkSigningKeys;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of dispatch and link signing. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {

	@Bean
	LinkSigningKeys linkSigningKeys(DeliverySettings settings, @Value("${waypost.public-url}") String publicUrl,
			@Value("${waypost.data-dir:./data}") Path dataDir, RandomGenerator random) {
		String secret = settings.linkKey();
		LinkKeyFile file = new LinkKeyFile(dataDir, random);
		return new LinkSigningKeys(publicUrl,
				() -> Stream
					.concat((secret != null) ? Stream.of(secret) : file.read().stream(),
							settings.retiredLinkKeys().stream())
					.toList());
	}

	@Bean
	PermissionCheck dispatchPermissionCheck(SendPermissionEvaluator evaluator) {
		return evaluator::decide;
	}

	@Bean
	DispatchPorts.AddressBook addressBook(Vault vault) {
		return vault::open;
	}

	@Bean
	DispatchPorts.AddressHasher addressHasher(Profiles profiles) {
		return profiles::hash;
	}

	@Bean
	DispatchPorts.BrandKitSource brandKitSource(BrandKitRepository brandKits) {
		return brandKits::require;
	}

	@Bean
	DispatchPorts.EmailRendering emailRendering(EmailRenderer renderer) {
		return new DispatchPorts.EmailRendering() {

			@Override
			public RenderedEmail render(EmailDraft draft, BrandKit brand, @Nullable String firstName, String journey,
					RecipientLinks links) {
				return renderer.render(draft, brand, firstName, journey, links);
			}

			@Override
			public PreparedEmail prepare(EmailDraft draft, BrandKit brand, String journey, boolean pixel) {
				return renderer.prepare(draft, brand, journey, pixel);
			}

		};
	}

	/** Decrypts only the fields that a message needs. */
	@Bean
	EspSubmitter espSubmitter(Vault vault, DispatchPorts.AddressHasher addressHasher,
			DispatchPorts.BrandKitSource brands, EmailComposer composer, EspRegistry registry,
			DeliverySettings settings, MeterRegistry metrics, Clock clock) {
		return new EspSubmitter(vault::openRecipients, addressHasher, brands, composer, registry, settings, metrics,
				clock, System::nanoTime);
	}

	@Bean
	Dispatcher dispatcher(SendClaimer claimer, EspSubmitter submitter, SendOutcomeRepository outcomes,
			EspRegistry registry, DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		return new Dispatcher(claimer, submitter, outcomes, registry, signal, settings, metrics);
	}

}
