package io.waypost.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** The identifiers of one batch of sightings and what they say about each other. */
final class Mentions {

	private final Keyring keyring;

	private final TenantId tenant;

	private final List<Mention> list = new ArrayList<>();

	private final Map<UUID, Key> sighted = new LinkedHashMap<>();

	private final Set<UUID> previous = new LinkedHashSet<>();

	private final Set<Edge> claims = new LinkedHashSet<>();

	private final Set<Edge> aliases = new LinkedHashSet<>();

	private Mentions(Keyring keyring, TenantId tenant) {
		this.keyring = keyring;
		this.tenant = tenant;
	}

	static Mentions of(Keyring keyring, TenantId tenant, List<Sighting> sightings) {
		Mentions mentions = new Mentions(keyring, tenant);
		sightings.forEach(mentions::add);
		return mentions;
	}

	/** One for each sighting, in the same order. */
	List<Mention> list() {
		return this.list;
	}

	/** Identifiers that exist from now on. */
	Map<UUID, Key> sighted() {
		return this.sighted;
	}

	/** Everything that must be looked up. */
	Set<UUID> hashes() {
		Set<UUID> hashes = new LinkedHashSet<>(this.sighted.keySet());
		hashes.addAll(this.previous);
		return hashes;
	}

	Set<Edge> claims() {
		return this.claims;
	}

	Set<Edge> aliases() {
		return this.aliases;
	}

	private void add(Sighting sighting) {
		Key user = key(Identifier.Type.USER_ID, sighting.userId());
		Key device = key(Identifier.Type.ANONYMOUS_ID, sighting.anonymousId());
		Key mailbox = (sighting.traits().email() != null)
				? key(Identifier.Type.EMAIL, sighting.traits().email().canonical()) : null;
		Key owner = (user != null) ? user : mailbox;
		claim(device, owner);
		claim(mailbox, user);
		if (user != null && sighting.previousId() != null) {
			alias(user, sighting.previousId());
		}
		this.list.add(new Mention(sighting, user, device, mailbox));
	}

	/**
	 * The earlier id of an alias may be a device or a person; only later sightings tell.
	 * It counts as a device at once, and as a person when it was seen as a user id.
	 */
	private void alias(Key user, String previousId) {
		UUID earlier = this.keyring.index(this.tenant, Identifier.Type.USER_ID, previousId);
		if (!earlier.equals(user.hash())) {
			this.previous.add(earlier);
			this.aliases.add(new Edge(user.hash(), earlier));
			claim(key(Identifier.Type.ANONYMOUS_ID, previousId), user);
		}
	}

	private void claim(@Nullable Key owned, @Nullable Key owner) {
		if (owned != null && owner != null) {
			this.claims.add(new Edge(owned.hash(), owner.hash()));
		}
	}

	private @Nullable Key key(Identifier.Type type, @Nullable String value) {
		if (value == null) {
			return null;
		}
		Key key = new Key(this.keyring.index(this.tenant, type, value), type);
		this.sighted.putIfAbsent(key.hash(), key);
		return key;
	}

	/** The identifiers of one sighting. */
	record Mention(Sighting sighting, @Nullable Key user, @Nullable Key device, @Nullable Key mailbox) {

		List<Key> keys() {
			return Stream.of(this.user, this.device, this.mailbox).filter(Objects::nonNull).toList();
		}

		/** Whose event it is: the person's if one signed in, else the device's. */
		Key subject() {
			Key subject = (this.user != null) ? this.user : this.device;
			if (subject == null) {
				throw new IllegalStateException("A sighting without identifiers");
			}
			return subject;
		}

	}

}
