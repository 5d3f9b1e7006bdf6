package io.waypost.identity;

import java.util.Collection;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Direct identifiers, encrypted with a key per profile. */
@Component
public class Vault {

	/**
	 * Opens the direct identifiers of many profiles with one statement.
	 * @param tenant whose profiles
	 * @param ids whom
	 * @return those the vault knows
	 */
	public Map<ProfileId, Person> open(TenantId tenant, Collection<ProfileId> ids) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Encrypts bytes so that they become unreadable when the profile is erased.
	 * @param tenant whose profile
	 * @param id whose key
	 * @param clear what to protect
	 * @return nonce and ciphertext
	 */
	public byte[] seal(TenantId tenant, ProfileId id, byte[] clear) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Opens what {@link #seal} made.
	 * @param tenant whose profile
	 * @param id whose key
	 * @param sealed nonce and ciphertext
	 * @return the clear bytes
	 * @throws IllegalStateException when the profile was erased or the bytes were changed
	 */
	public byte[] unseal(TenantId tenant, ProfileId id, byte[] sealed) {
		throw new UnsupportedOperationException();
	}

}
