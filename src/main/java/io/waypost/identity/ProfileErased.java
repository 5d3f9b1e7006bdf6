package io.waypost.identity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A person asked to be forgotten. Published inside the transaction of the erasure, when
 * identity has already let go: nobody is found under these ids any more, and no
 * transaction that still knew the person can commit something about them. Listeners
 * forget what their room keeps, in the same transaction and with set-based statements,
 * and say how much it was. Journeys go first, because what they are doing must not come
 * after what the others undo.
 */
public final class ProfileErased {

	private final TenantId tenant;

	private final List<ProfileId> profiles;

	private final @Nullable AddressHash address;

	private final Vault.DecryptedProfile personalData;

	private final Map<String, Integer> counts = new TreeMap<>();

	public ProfileErased(TenantId tenant, List<ProfileId> profiles, @Nullable AddressHash address,
			Vault.DecryptedProfile traces) {
		this.tenant = tenant;
		this.profiles = List.copyOf(profiles);
		this.address = address;
		this.personalData = traces;
	}

	/**
	 * Whose person it was.
	 * @return the tenant
	 */
	public TenantId tenant() {
		return this.tenant;
	}

	/**
	 * The surrogates of the person.
	 * @return the surviving profile first, then all it ever absorbed
	 */
	public List<ProfileId> profiles() {
		return this.profiles;
	}

	/**
	 * Where messages went.
	 * @return keyed hash of the last known address, null when there was none
	 */
	public @Nullable AddressHash address() {
		return this.address;
	}

	/**
	 * What the vault held, for finding what cannot be found by surrogate. Handle like a
	 * key.
	 * @return user ids and direct identifiers in clear
	 */
	public Vault.DecryptedProfile personalData() {
		return this.personalData;
	}

	/**
	 * Says how much a room forgot.
	 * @param what plural noun in camel case
	 * @param number how many
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
