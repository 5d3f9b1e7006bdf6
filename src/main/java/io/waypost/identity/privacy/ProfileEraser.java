package io.waypost.identity.privacy;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * Forgets people. One transaction takes the person out of the identity graph, destroys
 * the key and lets every room forget; whoever works on the same person at that moment
 * makes it start again.
 */
@Component
class ProfileEraser {

	private static final int ATTEMPTS = 10;

	private final Keyring keyring;

	private final Profiles profiles;

	private final ProfileRepository locks;

	private final Vault vault;

	private final ErasureRepository rows;

	private final Ledger ledger;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final MeterRegistry meters;

	private final Clock clock;

	ProfileEraser(Keyring keyring, Profiles profiles, ProfileRepository locks, Vault vault, ErasureRepository rows,
			Ledger ledger, TransactionTemplate transactions, ApplicationEventPublisher events, MeterRegistry meters,
			Clock clock) {
		this.keyring = keyring;
		this.profiles = profiles;
		this.locks = locks;
		this.vault = vault;
		this.rows = rows;
		this.ledger = ledger;
		this.transactions = transactions;
		this.events = events;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Erases whom a user id points at, with all their other ids.
	 * @param tenant whose person
	 * @param actor who carries it out, as the ledger shows it
	 * @param userId one of the source's ids of the person
	 * @return the receipt, that of the first time when it is asked for again; empty when
	 * nobody was ever known by this id
	 */
	Optional<ErasureReceipt> erase(TenantId tenant, String actor, String userId) {
		Identifier user = new Identifier(Identifier.Type.USER_ID, userId);
		for (int attempt = 1;; attempt++) {
			try {
				return Objects.requireNonNull(this.transactions.execute((status) -> once(tenant, actor, user)));
			}
			catch (ConcurrencyFailureException ex) {
				this.meters.counter("waypost.identity.profile.erase", "outcome", "collided").increment();
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private Optional<ErasureReceipt> once(TenantId tenant, String actor, Identifier user) {
		Optional<ProfileId> known = this.profiles.find(tenant, user);
		if (known.isEmpty()) {
			return this.rows.findReceipt(tenant, this.keyring.index(tenant, user.type(), user.value()));
		}
		ProfileId profile = known.get();
		// Batches that know the person hold a share of this lock until they commit
		if (this.locks.lock(tenant, List.of(profile.value()), true).isEmpty()) {
			throw new StaleIdentityException("A profile");
		}
		ErasureReceipt receipt = forget(tenant, actor, profile);
		this.meters.counter("waypost.identity.profile.erase", "outcome", "erased").increment();
		return Optional.of(receipt);
	}

	private ErasureReceipt forget(TenantId tenant, String actor, ProfileId profile) {
		List<UUID> surrogates = this.rows.profileIds(tenant, profile.value());
		ProfileErased erased = new ProfileErased(tenant, surrogates.stream().map(ProfileId::new).toList(),
				address(tenant, profile), this.vault.openAll(tenant, profile));
		ErasureRepository.DeletedIdentifiers graph = this.rows.deleteIdentifiers(tenant, profile.value());
		erased.count("identifiers", graph.identifiers());
		erased.count("vaultFields", this.rows.deleteVaultData(tenant, surrogates));
		this.rows.deleteProfiles(tenant, surrogates);
		this.events.publishEvent(erased);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		ErasureReceipt receipt = new ErasureReceipt(profile, now, erased.counts());
		this.rows.saveReceipt(tenant, graph.userIdHashes(), receipt);
		this.ledger.record(List.of(new LedgerEntry(tenant, now, "profile.erased", "profile:" + profile, actor,
				Map.copyOf(receipt.counts()))));
		return receipt;
	}

	private @Nullable AddressHash address(TenantId tenant, ProfileId profile) {
		Profile known = this.profiles.read(tenant, List.of(profile)).get(profile);
		return (known != null) ? known.addressHash() : null;
	}

}
