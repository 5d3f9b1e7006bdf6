package io.waypost.agent.preview;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.InvalidRequestException;
import io.waypost.consent.ConsentChange;
import io.waypost.consent.ConsentEvidence;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.content.TestAddresses;
import io.waypost.identity.Identifier;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.Profiles;
import io.waypost.identity.Traits;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Finds the recipients of test sends. A configured test address becomes a profile, so
 * that vault, consent, suppression and erasure apply to it as well. Its consent covers
 * tests only; the evidence is the configuration.
 */
@Component
class TestRecipients {

	/** Topic to which the profile of a test address is subscribed. */
	static final String TOPIC = "test";

	private final Profiles profiles;

	private final Consents consents;

	private final TestAddresses addresses;

	private final Clock clock;

	TestRecipients(Profiles profiles, Consents consents, TestAddresses addresses, Clock clock) {
		this.profiles = profiles;
		this.consents = consents;
		this.addresses = addresses;
		this.clock = clock;
	}

	ProfileId profile(TenantId tenant, String userId) {
		return this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, userId))
			.orElseThrow(() -> InvalidRequestException.notFound("/userId",
					"there is no profile '%s'; send an identify call first".formatted(userId)));
	}

	/** Returns the profile of a test address; creates it on first use. */
	ProfileId address(TenantId tenant, String actor, String to) {
		EmailAddress address = this.addresses.find(to)
			.orElseThrow(() -> InvalidRequestException.badRequest("/to",
					"is not among the test addresses; the setting waypost.content.test-addresses lists them"));
		ProfileId profile = find(tenant, address).orElseGet(() -> create(tenant, address));
		boolean subscribed = this.consents.of(tenant, profile)
			.stream()
			.anyMatch((consent) -> consent.topic().equals(TOPIC));
		if (!subscribed) {
			this.consents.record(tenant, actor, List.of(new ConsentChange(profile, TOPIC, ConsentStatus.GRANTED, null,
					new ConsentEvidence("setting", "Listed in waypost.content.test-addresses", null, null, null))));
		}
		return profile;
	}

	private Optional<ProfileId> find(TenantId tenant, EmailAddress address) {
		return this.profiles.find(tenant, new Identifier(Identifier.Type.EMAIL, address.canonical()));
	}

	private ProfileId create(TenantId tenant, EmailAddress address) {
		Traits traits = new Traits(address, Map.of(), null, null, null);
		return this.profiles
			.resolve(tenant,
					List.of(new IdentityObservation("test:" + address.canonical(), null, null, traits,
							this.clock.instant(), "test-address")))
			.getFirst();
	}

}
