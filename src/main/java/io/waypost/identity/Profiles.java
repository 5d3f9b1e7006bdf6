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

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.identity.resolution.HashedIdentifier;
import io.waypost.identity.resolution.IdentifierBatch;
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

/** Profiles and their identifiers: lookup, identity resolution and attributes. */
@Component
public class Profiles {

	private final JdbcClient jdbc;

	private final Keyring keyring;

	private final IdentityResolver resolver;

	private final VaultFieldRepository vault;

	private final ProfileAttributeRepository attributes;

	private final ProfileRepository profileRepository;

	Profiles(JdbcClient jdbc, Keyring keyring, IdentityResolver resolver, VaultFieldRepository vault,
			ProfileAttributeRepository attributes, ProfileRepository profileRepository) {
		this.jdbc = jdbc;
		this.keyring = keyring;
		this.resolver = resolver;
		this.vault = vault;
		this.attributes = attributes;
		this.profileRepository = profileRepository;
	}

	/**
	 * Finds the profile of an identifier, after all merges.
	 * @param tenant the tenant
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
	 * Resolves the identities of a batch of events: creates profiles for new people,
	 * merges profiles that are one person ({@link ProfilesMerged} is published before
	 * this returns), and stores traits in the vault and as attributes. Runs in the
	 * caller's transaction; no other transaction can merge the profiles before it ends.
	 * @param tenant the tenant
	 * @param observations any number
	 * @return the surviving profile of each observation, in order
	 * @throws org.springframework.dao.ConcurrencyFailureException when another
	 * transaction changed the same people first; roll back and repeat
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<ProfileId> resolve(TenantId tenant, List<IdentityObservation> observations) {
		IdentityResolver.Resolution resolution = this.resolver.resolve(tenant, observations);
		List<VaultFieldRepository.FieldUpdate> vaultUpdates = new ArrayList<>();
		List<ProfileAttributeRepository.AttributeUpdate> attributes = new ArrayList<>();
		for (int i = 0; i < observations.size(); i++) {
			UUID profile = resolution.subjects().get(i);
			IdentifierBatch.ObservedIdentifiers identifiers = resolution.identifiers().entries().get(i);
			if (identifiers.user() != null && resolution.newUsers().contains(identifiers.user().hash())) {
				vaultUpdates.add(userId(profile, identifiers.user(), identifiers.observation()));
			}
			if (identifiers.observation().traits() != Traits.NONE) {
				vaultUpdates.addAll(vaultUpdates(profile, identifiers.observation()));
				attributes.add(attributes(tenant, profile, identifiers.observation()));
			}
		}
		this.vault.write(tenant, vaultUpdates);
		this.attributes.write(tenant, attributes);
		return resolution.subjects().stream().map(ProfileId::new).toList();
	}

	/**
	 * Finds the surviving profiles and locks them against merges until the caller's
	 * transaction ends.
	 * @param tenant the tenant
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
		List<UUID> requested = survivors.values().stream().map(ProfileId::value).distinct().toList();
		if (this.profileRepository.lock(tenant, requested, false).size() < requested.size()) {
			throw new StaleIdentityException("A profile");
		}
		return survivors;
	}

	/**
	 * Reads the indirect attributes of many profiles with one statement.
	 * @param tenant the tenant
	 * @param ids at most a few thousand
	 * @return those that exist, by requested id; an absorbed profile maps to its survivor
	 */
	public Map<ProfileId, Profile> read(TenantId tenant, Collection<ProfileId> ids) {
		// Under row-level security PostgreSQL uses an index for leakproof conditions
		// only: a
		// case expression is one, coalesce is not.
		Map<ProfileId, Profile> profiles = HashMap.newHashMap(ids.size());
		this.jdbc.sql("""
				select requested.id, coalesce(p.id, requested.id), a.country, a.locale, a.time_zone, a.address_hash,
					coalesce(p.created_at, requested.created_at)
				from identity.profile requested
				left join identity.profile p on p.tenant_id = requested.tenant_id and p.id = requested.merged_into
				left join identity.attribute a
					on a.tenant_id = requested.tenant_id and a.profile_id =
						case when requested.merged_into is null then requested.id else requested.merged_into end
				where requested.tenant_id = ? and requested.id = any(?)
				""").param(tenant.value()).param(uuids(ids)).query((row) -> {
			String hash = row.getString(6);
			profiles.put(new ProfileId(row.getObject(1, UUID.class)),
					new Profile(new ProfileId(row.getObject(2, UUID.class)), row.getString(3), row.getString(4),
							row.getString(5), (hash != null) ? new AddressHash(hash) : null, SqlTime.read(row, 7)));
		});
		return profiles;
	}

	/**
	 * A profile and its tenant.
	 *
	 * @param tenant the tenant
	 * @param profile the profile
	 */
	public record TenantProfile(TenantId tenant, ProfileId profile) {

	}

	/**
	 * Lists the surviving profiles of all tenants in the order of their ids, page by
	 * page, for example to rebuild a read model.
	 * @param after the last id of the previous page, null for the first page
	 * @param limit maximum size of the page
	 * @return surviving profiles; empty after the last page
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
	 * Hashes an address as in {@link Profile#addressHash()}.
	 * @param tenant the tenant
	 * @param address the address
	 * @return its keyed hash
	 */
	public AddressHash hash(TenantId tenant, EmailAddress address) {
		return new AddressHash(HexFormat.of().formatHex(this.keyring.digest(tenant, "address", address.canonical())));
	}

	/**
	 * Finds addresses that at least one profile has.
	 * @param tenant the tenant
	 * @param addresses keyed hashes
	 * @return the addresses in use
	 */
	public Set<AddressHash> addressesInUse(TenantId tenant, Collection<AddressHash> addresses) {
		return this.jdbc
			.sql("select distinct address_hash from identity.attribute where tenant_id = ? and address_hash = any(?)")
			.param(tenant.value())
			.param(SqlArray.texts(addresses, AddressHash::hex))
			.query(String.class)
			.list()
			.stream()
			.map(AddressHash::new)
			.collect(Collectors.toSet());
	}

	private ProfileAttributeRepository.AttributeUpdate attributes(TenantId tenant, UUID profile,
			IdentityObservation observation) {
		Traits traits = observation.traits();
		AddressHash address = (traits.email() != null) ? hash(tenant, traits.email()) : null;
		return new ProfileAttributeRepository.AttributeUpdate(profile, traits.country(), traits.locale(),
				traits.timeZone(), address, observation.at());
	}

	private static List<VaultFieldRepository.FieldUpdate> vaultUpdates(UUID profile, IdentityObservation observation) {
		List<VaultFieldRepository.FieldUpdate> vaultUpdates = new ArrayList<>();
		Instant at = observation.at();
		if (observation.traits().email() != null) {
			vaultUpdates.add(new VaultFieldRepository.FieldUpdate(profile, Vault.EMAIL,
					observation.traits().email().value(), at));
		}
		observation.traits()
			.direct()
			.forEach((field, value) -> vaultUpdates
				.add(new VaultFieldRepository.FieldUpdate(profile, field, value, at)));
		return vaultUpdates;
	}

	private static VaultFieldRepository.FieldUpdate userId(UUID profile, HashedIdentifier user,
			IdentityObservation observation) {
		String field = VaultFieldRepository.USER_ID + user.hash();
		return new VaultFieldRepository.FieldUpdate(profile, field, String.valueOf(observation.userId()),
				observation.at());
	}

	private static String canonical(Identifier identifier) {
		if (identifier.type() != Identifier.Type.EMAIL) {
			return identifier.value();
		}
		return EmailAddress.parse(identifier.value()).map(EmailAddress::canonical).orElse(identifier.value());
	}

	private static SqlArray uuids(Collection<ProfileId> ids) {
		return SqlArray.uuids(ids, ProfileId::value);
	}

}
