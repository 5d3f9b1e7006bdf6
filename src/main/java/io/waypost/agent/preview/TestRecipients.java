package io.waypost.agent.preview;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.InvalidRequest;
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
 * Who may get tests. A configured test address is a profile like any other, so that
 * vault, consent, suppressions and erasure hold for it too; its consent covers nothing
 * but tests, and what is configured proves it.
 */
@Component
class TestRecipients {

	/** What the profile of a test address agreed to. */
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

	ProfileId person(TenantId tenant, String userId) {
		return this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, userId))
			.orElseThrow(() -> InvalidRequest
				.notFound("/userId: nobody is known as '%s'; send an identify call first".formatted(userId)));
	}

	/** The profile of a test address, made when it is used for the first time. */
	ProfileId address(TenantId tenant, String actor, String to) {
		EmailAddress address = this.addresses.find(to)
			.orElseThrow(() -> InvalidRequest.badRequest("/to",
					"is not among the test addresses; the setting waypost.content.test-addresses lists them"));
		ProfileId profile = find(tenant, address).orElseGet(() -> make(tenant, address));
		boolean answered = this.consents.of(tenant, profile)
			.stream()
			.anyMatch((consent) -> consent.topic().equals(TOPIC));
		if (!answered) {
			this.consents.record(tenant, actor, List.of(new ConsentChange(profile, TOPIC, ConsentStatus.GRANTED, null,
					new ConsentEvidence("setting", "Listed in waypost.content.test-addresses", null, null, null))));
		}
		return profile;
	}

	private Optional<ProfileId> find(TenantId tenant, EmailAddress address) {
		return this.profiles.find(tenant, new Identifier(Identifier.Type.EMAIL, address.canonical()));
	}

	private ProfileId make(TenantId tenant, EmailAddress address) {
		Traits traits = new Traits(address, Map.of(), null, null, null);
		return this.profiles
			.resolve(tenant,
					List.of(new IdentityObservation("test:" + address.canonical(), null, null, traits,
							this.clock.instant(), "test-address")))
			.getFirst();
	}

}
