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

/** The identifiers of one batch of sightings and what they say about each other. */
public final class IdentifierBatch {

	private final Keyring keyring;

	private final TenantId tenant;

	private final List<ObservedIdentifiers> entries = new ArrayList<>();

	private final Map<UUID, HashedIdentifier> observed = new LinkedHashMap<>();

	private final Set<UUID> previous = new LinkedHashSet<>();

	private final Set<IdentityEdge> claims = new LinkedHashSet<>();

	private final Set<IdentityEdge> aliases = new LinkedHashSet<>();

	private IdentifierBatch(Keyring keyring, TenantId tenant) {
		this.keyring = keyring;
		this.tenant = tenant;
	}

	static IdentifierBatch of(Keyring keyring, TenantId tenant, List<IdentityObservation> sightings) {
		IdentifierBatch mentions = new IdentifierBatch(keyring, tenant);
		sightings.forEach(mentions::add);
		return mentions;
	}

	/** One for each sighting, in the same order. */
	public List<ObservedIdentifiers> entries() {
		return this.entries;
	}

	/** Identifiers that exist from now on. */
	Map<UUID, HashedIdentifier> observed() {
		return this.observed;
	}

	/** Everything that must be looked up. */
	Set<UUID> hashes() {
		Set<UUID> hashes = new LinkedHashSet<>(this.observed.keySet());
		hashes.addAll(this.previous);
		return hashes;
	}

	Set<IdentityEdge> claims() {
		return this.claims;
	}

	Set<IdentityEdge> aliases() {
		return this.aliases;
	}

	private void add(IdentityObservation sighting) {
		HashedIdentifier user = key(Identifier.Type.USER_ID, sighting.userId());
		HashedIdentifier device = key(Identifier.Type.ANONYMOUS_ID, sighting.anonymousId());
		HashedIdentifier mailbox = (sighting.traits().email() != null)
				? key(Identifier.Type.EMAIL, sighting.traits().email().canonical()) : null;
		HashedIdentifier owner = (user != null) ? user : mailbox;
		claim(device, owner);
		claim(mailbox, user);
		if (user != null && sighting.previousId() != null) {
			alias(user, sighting.previousId());
		}
		this.entries.add(new ObservedIdentifiers(sighting, user, device, mailbox));
	}

	/**
	 * The earlier id of an alias may be a device or a person; only later sightings tell.
	 * It counts as a device at once, and as a person when it was seen as a user id.
	 */
	private void alias(HashedIdentifier user, String previousId) {
		UUID earlier = this.keyring.index(this.tenant, Identifier.Type.USER_ID, previousId);
		if (!earlier.equals(user.hash())) {
			this.previous.add(earlier);
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

	/** The identifiers of one sighting. */
	public record ObservedIdentifiers(IdentityObservation observation, @Nullable HashedIdentifier user,
			@Nullable HashedIdentifier device, @Nullable HashedIdentifier mailbox) {

		List<HashedIdentifier> identifiers() {
			return Stream.of(this.user, this.device, this.mailbox).filter(Objects::nonNull).toList();
		}

		/** Whose event it is: the person's if one signed in, else the device's. */
		HashedIdentifier subject() {
			HashedIdentifier subject = (this.user != null) ? this.user : this.device;
			if (subject == null) {
				throw new IllegalStateException("A sighting without identifiers");
			}
			return subject;
		}

	}

}
