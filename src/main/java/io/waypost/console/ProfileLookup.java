package io.waypost.console;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.identity.ContactDetails;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Finds profiles by user id or e-mail address, and reads contact data. */
@Component
public class ProfileLookup {

	private final Profiles profiles;

	private final Vault vault;

	ProfileLookup(Profiles profiles, Vault vault) {
		this.profiles = profiles;
		this.vault = vault;
	}

	public Optional<ProfileId> find(TenantId tenant, String query) {
		String text = query.strip();
		return text.isEmpty() ? Optional.empty()
				: this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, text))
					.or(() -> EmailAddress.parse(text)
						.flatMap((email) -> this.profiles.find(tenant,
								new Identifier(Identifier.Type.EMAIL, email.canonical()))));
	}

	/**
	 * Reads the user ids of many profiles with one statement. Anonymous profiles are
	 * absent.
	 */
	public Map<ProfileId, String> userIds(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, String> ids = new HashMap<>();
		this.vault.open(tenant, profiles).forEach((profile, person) -> {
			if (person.userId() != null) {
				ids.put(profile, person.userId());
			}
		});
		return ids;
	}

	public Optional<ContactDetails> open(TenantId tenant, ProfileId profile) {
		return Optional.ofNullable(this.vault.open(tenant, Set.of(profile)).get(profile));
	}

}
