package io.waypost.identity.privacy;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profile;
import io.waypost.identity.ProfileErased;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.identity.resolution.ProfileRepository;
import io.waypost.identity.resolution.StaleIdentityException;
import io.waypost.identity.vault.Keyring;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases persons (GDPR, article 17). One transaction deletes the person from the tables
 * of identity, destroys the data keys and publishes {@link ProfileErased}, on which every
 * module deletes its data. A concurrent change of the same person makes the transaction
 * start again.
 */
@Component
class ProfileEraser {

	private static final int ATTEMPTS = 10;

	private final Keyring keyring;

	private final Profiles profiles;

	private final ProfileRepository profileRepository;

	private final Vault vault;

	private final ErasureRepository erasureRepository;

	private final Ledger ledger;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final MeterRegistry meters;

	private final Clock clock;

	ProfileEraser(Keyring keyring, Profiles profiles, ProfileRepository profileRepository, Vault vault,
			ErasureRepository erasureRepository, Ledger ledger, TransactionTemplate transactions,
			ApplicationEventPublisher events, MeterRegistry meters, Clock clock) {
		this.keyring = keyring;
		this.profiles = profiles;
		this.profileRepository = profileRepository;
		this.vault = vault;
		this.erasureRepository = erasureRepository;
		this.ledger = ledger;
		this.transactions = transactions;
		this.events = events;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Erases the person with this user id, including all their other ids.
	 * @param tenant the tenant
	 * @param actor who requested it, as the ledger shows it
	 * @param userId one of the person's ids at the source
	 * @return the receipt, for a repeated request that of the erasure; empty when no
	 * profile ever had this id
	 */
	Optional<ErasureReceipt> erase(TenantId tenant, String actor, String userId) {
		Identifier user = new Identifier(Identifier.Type.USER_ID, userId);
		for (int attempt = 1;; attempt++) {
			try {
				return Objects.requireNonNull(this.transactions.execute((status) -> attempt(tenant, actor, user)));
			}
			catch (ConcurrencyFailureException ex) {
				this.meters.counter("waypost.identity.profile.erase", "outcome", "collided").increment();
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private Optional<ErasureReceipt> attempt(TenantId tenant, String actor, Identifier user) {
		Optional<ProfileId> known = this.profiles.find(tenant, user);
		if (known.isEmpty()) {
			return this.erasureRepository.findReceipt(tenant, this.keyring.index(tenant, user.type(), user.value()));
		}
		ProfileId profile = known.get();
		// Transactions that process events of the person share this lock until they
		// commit
		if (this.profileRepository.lock(tenant, List.of(profile.value()), true).isEmpty()) {
			throw new StaleIdentityException("A profile");
		}
		ErasureReceipt receipt = eraseProfile(tenant, actor, profile);
		this.meters.counter("waypost.identity.profile.erase", "outcome", "erased").increment();
		return Optional.of(receipt);
	}

	private ErasureReceipt eraseProfile(TenantId tenant, String actor, ProfileId profile) {
		List<UUID> profileIds = this.erasureRepository.profileIds(tenant, profile.value());
		AddressHash address = address(tenant, profile);
		Vault.DecryptedProfile personalData = this.vault.openAll(tenant, profile);
		Set<UUID> identifiers = this.erasureRepository.deleteIdentifiers(tenant, profile.value());
		ProfileErased erased = new ProfileErased(tenant, profileIds.stream().map(ProfileId::new).toList(), address,
				personalData, (identifier) -> identifiers
					.contains(this.keyring.index(tenant, identifier.type(), identifier.value())));
		erased.count("identifiers", identifiers.size());
		erased.count("vaultFields", this.erasureRepository.deleteVaultData(tenant, profileIds));
		this.erasureRepository.deleteProfiles(tenant, profileIds);
		this.events.publishEvent(erased);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		ErasureReceipt receipt = new ErasureReceipt(profile, now, erased.counts());
		this.erasureRepository.saveReceipt(tenant, identifiers, receipt);
		this.ledger.record(List.of(new LedgerEntry(tenant, now, "profile.erased", "profile:" + profile, actor,
				Map.copyOf(receipt.counts()))));
		return receipt;
	}

	private @Nullable AddressHash address(TenantId tenant, ProfileId profile) {
		Profile known = this.profiles.read(tenant, List.of(profile)).get(profile);
		return (known != null) ? known.addressHash() : null;
	}

}
