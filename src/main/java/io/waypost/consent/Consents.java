package io.waypost.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.waypost.consent.ConsentRecord.Current;
import io.waypost.consent.ConsentRecord.Key;
import io.waypost.database.SqlTime;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Erasures;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Consents per profile and topic, with their history and evidence. */
@Component
public class Consents {

	/** Source of a revocation by another profile with the address; the actor follows. */
	public static final String ADDRESS_SOURCE = "revoked for this address by ";

	private final ConsentRepository repository;

	private final JdbcClient jdbc;

	private final Profiles profiles;

	private final Erasures erasures;

	private final Suppressions suppressions;

	private final AddressConsents addresses;

	private final Vault vault;

	private final EvidenceCipher evidence;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Consents(ConsentRepository repository, JdbcClient jdbc, Profiles profiles, Erasures erasures,
			Suppressions suppressions, AddressConsents addresses, Vault vault, EvidenceCipher evidence, Ledger ledger,
			IdGenerator ids, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.jdbc = jdbc;
		this.profiles = profiles;
		this.erasures = erasures;
		this.suppressions = suppressions;
		this.addresses = addresses;
		this.vault = vault;
		this.evidence = evidence;
		this.ledger = ledger;
		this.ids = ids;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Records answers. An explicit answer (a withdrawal, or an opt-in with evidence)
	 * takes precedence over an implicit opt-in, then the newer over the older, then the
	 * stricter. Each change of a status also becomes a ledger entry. An explicit opt-in
	 * of a person who was erased and came back lifts the suppression of the address; any
	 * other opt-in of such a person is not recorded, because it repeats what the person
	 * answered before the erasure. The number of statements does not depend on the number
	 * of answers.
	 * @param tenant the tenant
	 * @param actor who recorded it, as the ledger shows it
	 * @param changes any number
	 */
	@Transactional
	public void record(TenantId tenant, String actor, List<ConsentChange> changes) {
		if (changes.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		List<ConsentRecord> answers = withoutErased(tenant, answers(tenant, survivors(tenant, changes), now));
		if (answers.isEmpty()) {
			return;
		}
		// Addresses before current answers: the order of locks in all transactions
		liftErasedSuppressions(tenant, actor, answers);
		this.addresses.record(tenant, actor, answers);
		Map<Key, ConsentRecord> winners = winners(answers);
		Map<Key, Current> before = this.repository.lockCurrent(tenant, winners.keySet());
		this.repository.insertEvents(tenant, actor, now, answers, before);
		List<ConsentRecord> candidates = winners.values().stream().sorted(ConsentRepository.BY_KEY).toList();
		Map<Key, Long> versions = this.repository.updateCurrent(tenant, candidates);
		this.ledger.record(entries(tenant, actor, now, winners, before, versions));
		if (!versions.isEmpty()) {
			this.events.publishEvent(
					new ConsentsChanged(tenant, versions.keySet().stream().map(Key::profile).distinct().toList()));
		}
	}

	/**
	 * Revokes topics for the addresses of messages whose recipients unsubscribed. The
	 * profile of a recipient may have another address by now.
	 * @param tenant the tenant
	 * @param actor who recorded it
	 * @param revocations any number
	 */
	@Transactional
	public void revokeAddresses(TenantId tenant, String actor, List<AddressRevocation> revocations) {
		this.addresses.store(tenant, actor,
				revocations.stream()
					.map((revoked) -> new AddressConsents.AddressAnswer(revoked.address(), revoked.topic(),
							ConsentStatus.REVOKED, revoked.at().truncatedTo(ChronoUnit.MICROS)))
					.toList());
	}

	/**
	 * Returns the current answers. A topic that is revoked for the address of the person
	 * is revoked, whatever this profile answered. The IP address of the evidence stays
	 * encrypted and is not returned.
	 * @param tenant the tenant
	 * @param profile the person
	 * @return one for each topic ever answered
	 */
	public List<Consent> of(TenantId tenant, ProfileId profile) {
		Map<String, Consent> answers = new TreeMap<>();
		own(tenant, profile).forEach((consent) -> answers.put(consent.topic(), consent));
		for (AddressRevocation revocation : this.addresses.revocations(tenant, profile)) {
			Consent own = answers.get(revocation.topic());
			if (own == null || own.status() != ConsentStatus.REVOKED) {
				answers.put(revocation.topic(), revoked(profile, own, revocation));
			}
		}
		return List.copyOf(answers.values());
	}

	private static Consent revoked(ProfileId profile, @Nullable Consent own, AddressRevocation revocation) {
		return new Consent(profile, revocation.topic(), ConsentStatus.REVOKED, null,
				new ConsentEvidence(ADDRESS_SOURCE + revocation.actor(), null, null, null, revocation.at()),
				(own != null) ? own.version() : 0, revocation.at());
	}

	private List<Consent> own(TenantId tenant, ProfileId profile) {
		return this.jdbc.sql("""
				select current.topic, current.status, current.basis, current.version, current.answered_at,
				       event.source, event.shown_text, event.text_version, event.ip_sealed, event.evidence_sealed
				  from consent.consent current
				  join consent.consent_event event
				    on event.tenant_id = current.tenant_id and event.id = current.event_id
				 where current.tenant_id = :tenant and current.profile_id = :profile
				 order by current.topic
				""")
			.param("tenant", tenant.value())
			.param("profile", profile.value())
			.query((row, number) -> consent(tenant, profile, row))
			.list();
	}

	/**
	 * Lifts the suppression of erased addresses whose owners have opted in explicitly
	 * since.
	 */
	private void liftErasedSuppressions(TenantId tenant, String actor, List<ConsentRecord> answers) {
		Map<ProfileId, Instant> optedInAt = new HashMap<>();
		for (ConsentRecord answer : answers) {
			if (answer.change().status() == ConsentStatus.GRANTED && answer.change().isExplicit()) {
				optedInAt.merge(answer.change().profile(), answer.answeredAt(),
						(one, other) -> one.isAfter(other) ? one : other);
			}
		}
		if (optedInAt.isEmpty() || !this.suppressions.hasErased(tenant)) {
			return;
		}
		Map<AddressHash, Instant> optIns = new HashMap<>();
		this.profiles.read(tenant, optedInAt.keySet()).forEach((id, profile) -> {
			AddressHash address = profile.addressHash();
			Instant at = optedInAt.get(id);
			if (address != null && at != null) {
				optIns.merge(address, at, (one, other) -> one.isAfter(other) ? one : other);
			}
		});
		this.suppressions.removeErased(tenant, optIns, actor);
	}

	/**
	 * Returns the current answers of many profiles with one statement.
	 * @param tenant the tenant
	 * @param profiles the profiles, after all merges
	 * @return status by topic; a profile that never answered is absent
	 */
	public Map<ProfileId, Map<String, ConsentStatus>> current(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, Map<String, ConsentStatus>> answers = HashMap.newHashMap(profiles.size());
		this.jdbc.sql("""
				select profile_id, topic, status from consent.consent
				 where tenant_id = :tenant and profile_id = any (:profiles::text[]::uuid[])
				""")
			.param("tenant", tenant.value())
			.param("profiles", profiles.stream().map(ProfileId::toString).toArray(String[]::new))
			.query((row) -> {
				answers.computeIfAbsent(new ProfileId(row.getObject(1, UUID.class)), (profile) -> new HashMap<>())
					.put(row.getString(2), ConsentStatus.valueOf(row.getString(3)));
			});
		return answers;
	}

	/**
	 * Replaces merged profiles by their survivors, because a journey may still use the
	 * old id. Answers of erased profiles are dropped.
	 */
	private List<ConsentChange> survivors(TenantId tenant, List<ConsentChange> changes) {
		Map<ProfileId, ProfileId> survivors = this.profiles.survivors(tenant,
				changes.stream().map(ConsentChange::profile).distinct().toList());
		return changes.stream()
			.filter((change) -> survivors.containsKey(change.profile()))
			.map((change) -> new ConsentChange(survivors.getOrDefault(change.profile(), change.profile()),
					change.topic(), change.status(), change.basis(), change.evidence()))
			.toList();
	}

	/**
	 * Removes opt-ins of people who were erased, except explicit ones after the erasure.
	 */
	private List<ConsentRecord> withoutErased(TenantId tenant, List<ConsentRecord> answers) {
		Set<ProfileId> optedIn = answers.stream()
			.map(ConsentRecord::change)
			.filter((change) -> change.status() == ConsentStatus.GRANTED)
			.map(ConsentChange::profile)
			.collect(Collectors.toSet());
		if (optedIn.isEmpty()) {
			return answers;
		}
		Map<ProfileId, Instant> erasedAt = this.erasures.latest(tenant, optedIn);
		return answers.stream().filter((answer) -> {
			Instant erased = erasedAt.get(answer.change().profile());
			return erased == null || answer.isValidAfterErasure(erased);
		}).toList();
	}

	/**
	 * Deletes the current opt-ins of people who were erased, except explicit ones after
	 * the erasure. A profile can have such an opt-in when a source states the consent of
	 * a device first, and then that the device belongs to the person.
	 */
	void deleteErasedOptIns(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, Instant> erasedAt = this.erasures.latest(tenant, profiles);
		if (!erasedAt.isEmpty() && !this.repository.lockAllTopics(tenant, erasedAt.keySet()).isEmpty()) {
			this.repository.deleteOptIns(tenant, erasedAt);
		}
	}

	/** Reads the keys of all profiles at once. */
	private List<ConsentRecord> answers(TenantId tenant, List<ConsentChange> changes, Instant now) {
		Set<ProfileId> sealing = changes.stream()
			.filter((change) -> !EvidenceCipher.isOwn(change))
			.map(ConsentChange::profile)
			.collect(Collectors.toSet());
		Map<ProfileId, UnaryOperator<byte[]>> sealers = sealing.isEmpty() ? Map.of()
				: this.vault.sealers(tenant, sealing);
		return changes.stream()
			.filter((change) -> EvidenceCipher.isOwn(change) || sealers.containsKey(change.profile()))
			.map((change) -> answer(change, sealers.get(change.profile()), now))
			.toList();
	}

	private ConsentRecord answer(ConsentChange change, @Nullable UnaryOperator<byte[]> sealer, Instant now) {
		Instant stated = change.evidence().at();
		// An answer from the future would take precedence over every later revocation
		Instant at = (stated != null && stated.isBefore(now)) ? stated.truncatedTo(ChronoUnit.MICROS) : now;
		byte[] sealed = (sealer != null && !EvidenceCipher.isOwn(change)) ? this.evidence.seal(change, sealer) : null;
		return new ConsentRecord(this.ids.next(), change, at, sealed);
	}

	private static Map<Key, ConsentRecord> winners(List<ConsentRecord> answers) {
		Map<Key, ConsentRecord> winners = new HashMap<>();
		for (ConsentRecord answer : answers) {
			winners.merge(answer.key(), answer, (one, other) -> one.supersedes(other) ? one : other);
		}
		return winners;
	}

	/**
	 * Makes ledger entries of answers that changed the status; repeated answers are not
	 * recorded.
	 */
	private static List<LedgerEntry> entries(TenantId tenant, String actor, Instant now,
			Map<Key, ConsentRecord> winners, Map<Key, Current> before, Map<Key, Long> versions) {
		List<LedgerEntry> entries = new ArrayList<>();
		versions.forEach((key, version) -> {
			ConsentRecord answer = winners.get(key);
			Current current = before.get(key);
			if (answer != null && (current == null || current.status() != answer.change().status())) {
				String kind = "consent." + answer.change().status().name().toLowerCase(Locale.ROOT);
				entries.add(new LedgerEntry(tenant, now, kind, "profile:" + key.profile(), actor,
						Map.of("topic", key.topic(), "version", version, "evidence", answer.id().toString())));
			}
		});
		return entries;
	}

	private Consent consent(TenantId tenant, ProfileId profile, ResultSet row) throws SQLException {
		Instant at = SqlTime.read(row, "answered_at");
		ConsentEvidence evidence = this.evidence.open(tenant, profile, row).withoutIp(at);
		return new Consent(profile, row.getString("topic"), ConsentStatus.valueOf(row.getString("status")),
				row.getString("basis"), evidence, row.getLong("version"), at);
	}

}
