package io.waypost.identity.resolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.identity.Identifier;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.vault.Keyring;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** The identifiers of one batch of observations, with their claims and aliases. */
public final class IdentifierBatch {

	private final Keyring keyring;

	private final TenantId tenant;

	private final List<ObservedIdentifiers> entries = new ArrayList<>();

	private final Map<UUID, HashedIdentifier> observed = new LinkedHashMap<>();

	private final Set<UUID> previousUserIds = new LinkedHashSet<>();

	private final Set<IdentityEdge> claims = new LinkedHashSet<>();

	private final Set<IdentityEdge> aliases = new LinkedHashSet<>();

	private IdentifierBatch(Keyring keyring, TenantId tenant) {
		this.keyring = keyring;
		this.tenant = tenant;
	}

	static IdentifierBatch of(Keyring keyring, TenantId tenant, List<IdentityObservation> observations) {
		IdentifierBatch batch = new IdentifierBatch(keyring, tenant);
		observations.forEach(batch::add);
		return batch;
	}

	/** Returns one entry for each observation, in the same order. */
	public List<ObservedIdentifiers> entries() {
		return this.entries;
	}

	/** Returns the identifiers that the batch stores, by hash. */
	Map<UUID, HashedIdentifier> observed() {
		return this.observed;
	}

	/** Returns the hashes of all identifiers that must be looked up. */
	Set<UUID> hashes() {
		Set<UUID> hashes = new LinkedHashSet<>(this.observed.keySet());
		hashes.addAll(this.previousUserIds);
		return hashes;
	}

	Set<IdentityEdge> claims() {
		return this.claims;
	}

	Set<IdentityEdge> aliases() {
		return this.aliases;
	}

	private void add(IdentityObservation observation) {
		HashedIdentifier user = key(Identifier.Type.USER_ID, observation.userId());
		HashedIdentifier device = key(Identifier.Type.ANONYMOUS_ID, observation.anonymousId());
		HashedIdentifier mailbox = (observation.traits().email() != null)
				? key(Identifier.Type.EMAIL, observation.traits().email().canonical()) : null;
		HashedIdentifier owner = (user != null) ? user : mailbox;
		claim(device, owner);
		claim(mailbox, user);
		if (user != null && observation.previousId() != null) {
			alias(user, observation.previousId());
		}
		this.entries.add(new ObservedIdentifiers(observation, user, device, mailbox));
	}

	/**
	 * Adds an alias. Its previous id may be an anonymous id or a user id, which only
	 * later observations show. It counts as an anonymous id at once, and as a user id as
	 * soon as it has been seen as one.
	 */
	private void alias(HashedIdentifier user, String previousId) {
		UUID earlier = this.keyring.index(this.tenant, Identifier.Type.USER_ID, previousId);
		if (!earlier.equals(user.hash())) {
			this.previousUserIds.add(earlier);
			this.aliases.add(new IdentityEdge(user.hash(), earlier));
			claim(key(Identifier.Type.ANONYMOUS_ID, previousId), user);
		}
	}

	private void claim(@Nullable HashedIdentifier owned, @Nullable HashedIdentifier owner) {
		if (owned != null && owner != null) {
			this.claims.add(new IdentityEdge(owned.hash(), owner.hash()));
		}
	}

	private @Nullable HashedIdentifier key(Identifier.Type type, @Nullable String value) {
		if (value == null) {
			return null;
		}
		HashedIdentifier key = new HashedIdentifier(this.keyring.index(this.tenant, type, value), type);
		this.observed.putIfAbsent(key.hash(), key);
		return key;
	}

	/** The identifiers of one observation; null where it has none. */
	public record ObservedIdentifiers(IdentityObservation observation, @Nullable HashedIdentifier user,
			@Nullable HashedIdentifier device, @Nullable HashedIdentifier mailbox) {

		List<HashedIdentifier> identifiers() {
			return Stream.of(this.user, this.device, this.mailbox).filter(Objects::nonNull).toList();
		}

		/**
		 * Returns the identifier that the event belongs to: the user id if there is one,
		 * else the device.
		 */
		HashedIdentifier subject() {
			HashedIdentifier subject = (this.user != null) ? this.user : this.device;
			if (subject == null) {
				throw new IllegalStateException("An observation has neither a user id nor an anonymous id");
			}
			return subject;
		}

	}

}
