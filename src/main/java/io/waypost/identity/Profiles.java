package io.waypost.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.identity.resolution.HashedIdentifier;
import io.waypost.identity.resolution.IdentifierBatch;
import io.waypost.identity.resolution.IdentifierRepository;
import io.waypost.identity.resolution.IdentityResolver;
import io.waypost.identity.resolution.ProfileAttributeRepository;
import io.waypost.identity.resolution.ProfileRepository;
import io.waypost.identity.resolution.StaleIdentityException;
import io.waypost.identity.vault.Keyring;
import io.waypost.identity.vault.VaultFieldRepository;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Profiles and the identifiers that point at them. */
@Component
public class Profiles {

	private final JdbcClient jdbc;

	private final Keyring keyring;

	private final IdentityResolver stitching;

	private final VaultFieldRepository vault;

	private final ProfileAttributeRepository attributes;

	private final ProfileRepository rows;

	Profiles(JdbcClient jdbc, Keyring keyring, IdentityResolver stitching, VaultFieldRepository vault,
			ProfileAttributeRepository attributes, ProfileRepository rows) {
		this.jdbc = jdbc;
		this.keyring = keyring;
		this.stitching = stitching;
		this.vault = vault;
		this.attributes = attributes;
		this.rows = rows;
	}

	/**
	 * Finds the profile an identifier points at, after all merges.
	 * @param tenant whose profile
	 * @param identifier any identifier
	 * @return the surviving profile
	 */
	public Optional<ProfileId> find(TenantId tenant, Identifier identifier) {
		return this.jdbc.sql("""
				select profile_id from identity.identifier
				where tenant_id = ? and hash = ? and profile_id is not null
				""")
			.params(tenant.value(), this.keyring.index(tenant, identifier.type(), canonical(identifier)))
			.query(UUID.class)
			.optional()
			.map(ProfileId::new);
	}

	/**
	 * Finds out whom a batch of events is about: makes profiles for new people, merges
	 * those that turn out to be one ({@link ProfilesMerged} is published before this
	 * returns), and keeps what was said of them in the vault and as attributes. Runs in
	 * the caller's transaction; the profiles cannot be merged by another one before it
	 * ends.
	 * @param tenant whose people
	 * @param sightings any number
	 * @return the surviving profile of each sighting, in order
	 * @throws org.springframework.dao.ConcurrencyFailureException when another
	 * transaction changed the same people first; roll back and repeat
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<ProfileId> resolve(TenantId tenant, List<IdentityObservation> sightings) {
		IdentityResolver.Resolution stitched = this.stitching.resolve(tenant, sightings);
		List<VaultFieldRepository.FieldUpdate> secrets = new ArrayList<>();
		List<ProfileAttributeRepository.AttributeUpdate> attributes = new ArrayList<>();
		for (int i = 0; i < sightings.size(); i++) {
			UUID profile = stitched.subjects().get(i);
			IdentifierBatch.ObservedIdentifiers mention = stitched.identifiers().entries().get(i);
			if (mention.user() != null && stitched.newUsers().contains(mention.user().hash())) {
				secrets.add(userId(profile, mention.user(), mention.observation()));
			}
			if (mention.observation().traits() != Traits.NONE) {
				secrets.addAll(secrets(profile, mention.observation()));
				attributes.add(attributes(tenant, profile, mention.observation()));
			}
		}
		this.vault.write(tenant, secrets);
		this.attributes.write(tenant, attributes);
		return stitched.subjects().stream().map(ProfileId::new).toList();
	}

	/**
	 * Follows merges, and keeps the survivors from being merged by another transaction
	 * before the caller's ends.
	 * @param tenant whose profiles
	 * @param ids surviving or absorbed
	 * @return the survivor of each that exists
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Map<ProfileId, ProfileId> survivors(TenantId tenant, Collection<ProfileId> ids) {
		Map<ProfileId, ProfileId> survivors = HashMap.newHashMap(ids.size());
		this.jdbc.sql("""
				select id, coalesce(merged_into, id) from identity.profile where tenant_id = ? and id = any(?)
				""").param(tenant.value()).param(uuids(ids)).query((row) -> {
			survivors.put(new ProfileId(row.getObject(1, UUID.class)), new ProfileId(row.getObject(2, UUID.class)));
		});
		List<UUID> wanted = survivors.values().stream().map(ProfileId::value).distinct().toList();
		if (this.rows.lock(tenant, wanted, false).size() < wanted.size()) {
			throw new StaleIdentityException("A profile");
		}
		return survivors;
	}

	/**
	 * Reads the indirect attributes of many profiles with one statement.
	 * @param tenant whose profiles
	 * @param ids at most a few thousand
	 * @return those that exist, by the id asked for; an absorbed profile answers with its
	 * survivor
	 */
	public Map<ProfileId, Profile> read(TenantId tenant, Collection<ProfileId> ids) {
		Map<ProfileId, Profile> profiles = HashMap.newHashMap(ids.size());
		this.jdbc.sql("""
				select asked.id, coalesce(p.id, asked.id), a.country, a.locale, a.time_zone, a.address_hash,
					coalesce(p.created_at, asked.created_at)
				from identity.profile asked
				left join identity.profile p on p.tenant_id = asked.tenant_id and p.id = asked.merged_into
				left join identity.attribute a
					on a.tenant_id = asked.tenant_id and a.profile_id = coalesce(asked.merged_into, asked.id)
				where asked.tenant_id = ? and asked.id = any(?)
				""").param(tenant.value()).param(uuids(ids)).query((row) -> {
			String hash = row.getString(6);
			profiles.put(new ProfileId(row.getObject(1, UUID.class)),
					new Profile(new ProfileId(row.getObject(2, UUID.class)), row.getString(3), row.getString(4),
							row.getString(5), (hash != null) ? new AddressHash(hash) : null,
							row.getTimestamp(7).toInstant()));
		});
		return profiles;
	}

	/**
	 * One person among all.
	 *
	 * @param tenant whose
	 * @param profile who
	 */
	public record TenantProfile(TenantId tenant, ProfileId profile) {

	}

	/**
	 * Walks through everybody, whatever the tenant, in the order of the ids: for rooms
	 * that build up what they know anew.
	 * @param after the last one of the page before, null to begin
	 * @param limit how many at the most
	 * @return surviving profiles, empty behind the last
	 */
	public List<TenantProfile> listAll(@Nullable ProfileId after, int limit) {
		return this.jdbc.sql("""
				select tenant_id, id from identity.profile
				where id > ? and merged_into is null order by id limit ?
				""")
			.params((after != null) ? after.value() : new UUID(0, 0), limit)
			.query((row, number) -> new TenantProfile(new TenantId(row.getString(1)),
					new ProfileId(row.getObject(2, UUID.class))))
			.list();
	}

	/**
	 * Hashes an address the way {@link Profile#addressHash()} is.
	 * @param tenant whose key
	 * @param address the address
	 * @return its keyed hash
	 */
	public AddressHash hash(TenantId tenant, EmailAddress address) {
		return new AddressHash(HexFormat.of().formatHex(this.keyring.digest(tenant, "address", address.canonical())));
	}

	/**
	 * Finds which addresses are somebody's now.
	 * @param tenant whose people
	 * @param addresses keyed hashes
	 * @return those that at least one profile has
	 */
	public Set<AddressHash> addressesInUse(TenantId tenant, Collection<AddressHash> addresses) {
		return this.jdbc
			.sql("select distinct address_hash from identity.attribute where tenant_id = ? and address_hash = any(?)")
			.param(tenant.value())
			.param(new SqlArrayParameter("text", addresses.stream().map(AddressHash::hex).toArray()))
			.query(String.class)
			.list()
			.stream()
			.map(AddressHash::new)
			.collect(Collectors.toSet());
	}

	private ProfileAttributeRepository.AttributeUpdate attributes(TenantId tenant, UUID profile,
			IdentityObservation sighting) {
		Traits traits = sighting.traits();
		AddressHash address = (traits.email() != null) ? hash(tenant, traits.email()) : null;
		return new ProfileAttributeRepository.AttributeUpdate(profile, traits.country(), traits.locale(),
				traits.timeZone(), address, sighting.at());
	}

	private static List<VaultFieldRepository.FieldUpdate> secrets(UUID profile, IdentityObservation sighting) {
		List<VaultFieldRepository.FieldUpdate> secrets = new ArrayList<>();
		Instant at = sighting.at();
		if (sighting.traits().email() != null) {
			secrets
				.add(new VaultFieldRepository.FieldUpdate(profile, Vault.EMAIL, sighting.traits().email().value(), at));
		}
		sighting.traits()
			.direct()
			.forEach((field, value) -> secrets.add(new VaultFieldRepository.FieldUpdate(profile, field, value, at)));
		return secrets;
	}

	private static VaultFieldRepository.FieldUpdate userId(UUID profile, HashedIdentifier user,
			IdentityObservation sighting) {
		String field = VaultFieldRepository.USER_ID + user.hash();
		return new VaultFieldRepository.FieldUpdate(profile, field, String.valueOf(sighting.userId()), sighting.at());
	}

	private static String canonical(Identifier identifier) {
		if (identifier.type() != Identifier.Type.EMAIL) {
			return identifier.value();
		}
		return EmailAddress.parse(identifier.value()).map(EmailAddress::canonical).orElse(identifier.value());
	}

	private static @Nullable Object uuids(Collection<ProfileId> ids) {
		return IdentifierRepository.uuids(ids.stream().map(ProfileId::value).toList());
	}

}
