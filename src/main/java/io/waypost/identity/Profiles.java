package io.waypost.identity;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Profiles and the identifiers that point at them. */
@Component
public class Profiles {

	/**
	 * Finds the profile an identifier points at, after all merges.
	 * @param tenant whose profile
	 * @param identifier any identifier
	 * @return the surviving profile
	 */
	public Optional<ProfileId> find(TenantId tenant, Identifier identifier) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Reads the indirect attributes of many profiles with one statement.
	 * @param tenant whose profiles
	 * @param ids at most a few thousand
	 * @return those that exist
	 */
	public Map<ProfileId, Profile> read(TenantId tenant, Collection<ProfileId> ids) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Hashes an address the way {@link Profile#addressHash()} is.
	 * @param tenant whose key
	 * @param address the address
	 * @return its keyed hash
	 */
	public AddressHash hash(TenantId tenant, EmailAddress address) {
		throw new UnsupportedOperationException();
	}

}
