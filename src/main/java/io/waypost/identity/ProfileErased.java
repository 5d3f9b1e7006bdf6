package io.waypost.identity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A person was erased. Published inside the transaction of the erasure, after identity
 * has deleted its own data: the ids find no profile any more, and no transaction that
 * still uses the profile can commit. Listeners delete the data of their module in the
 * same transaction with set-based statements, and {@link #count} it. Journeys are first
 * in order, because their running steps must not write after other modules have deleted.
 */
public final class ProfileErased {

	private final TenantId tenant;

	private final List<ProfileId> profiles;

	private final @Nullable AddressHash address;

	private final Vault.DecryptedProfile personalData;

	private final Predicate<Identifier> identifiers;

	private final Map<String, Integer> counts = new TreeMap<>();

	public ProfileErased(TenantId tenant, List<ProfileId> profiles, @Nullable AddressHash address,
			Vault.DecryptedProfile personalData, Predicate<Identifier> identifiers) {
		this.tenant = tenant;
		this.profiles = List.copyOf(profiles);
		this.address = address;
		this.personalData = personalData;
		this.identifiers = identifiers;
	}

	/**
	 * Returns the tenant of the person.
	 * @return the tenant
	 */
	public TenantId tenant() {
		return this.tenant;
	}

	/**
	 * Returns the ids of the person's profiles.
	 * @return the surviving profile first, then all profiles merged into it
	 */
	public List<ProfileId> profiles() {
		return this.profiles;
	}

	/**
	 * Returns the address that received messages.
	 * @return keyed hash of the last known address, null when there was none
	 */
	public @Nullable AddressHash address() {
		return this.address;
	}

	/**
	 * Returns the decrypted content of the vault, to find data that is not stored by
	 * profile id. Never store or log it.
	 * @return user ids and direct identifiers in clear
	 */
	public Vault.DecryptedProfile personalData() {
		return this.personalData;
	}

	/**
	 * Returns whether the person had this identifier, for example a device.
	 * @param identifier the identifier in clear
	 * @return whether it was deleted with the person
	 */
	public boolean had(Identifier identifier) {
		return this.identifiers.test(identifier);
	}

	/**
	 * Adds to the number of deleted records on the receipt.
	 * @param what plural noun in camel case
	 * @param number number of deleted records
	 */
	public void count(String what, int number) {
		this.counts.merge(what, number, Integer::sum);
	}

	public Map<String, Integer> counts() {
		return Map.copyOf(this.counts);
	}

	@Override
	public String toString() {
		return "ProfileErased[%s]".formatted(this.profiles);
	}

}
