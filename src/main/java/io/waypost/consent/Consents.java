package io.waypost.consent;

import java.nio.charset.StandardCharsets;
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
import java.util.UUID;

import io.waypost.consent.ConsentRecord.Current;
import io.waypost.consent.ConsentRecord.Key;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers per profile and topic, with their history and proof. */
@Component
public class Consents {

	private final ConsentRepository rows;

	private final JdbcClient jdbc;

	private final Profiles profiles;

	private final Suppressions suppressions;

	private final Vault vault;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Consents(ConsentRepository rows, JdbcClient jdbc, Profiles profiles, Suppressions suppressions, Vault vault,
			Ledger ledger, IdGenerator ids, ApplicationEventPublisher events, Clock clock) {
		this.rows = rows;
		this.jdbc = jdbc;
		this.profiles = profiles;
		this.suppressions = suppressions;
		this.vault = vault;
		this.ledger = ledger;
		this.ids = ids;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Records answers; the newest by time of answer is in force, of two of the same time
	 * the stricter. Each change also becomes a ledger entry. Who was erased, came back
	 * and agrees can be written to again. The number of statements does not depend on the
	 * number of answers.
	 * @param tenant whose people
	 * @param actor who recorded it, as the ledger shows it
	 * @param changes any number
	 */
	@Transactional
	public void record(TenantId tenant, String actor, List<ConsentChange> changes) {
		if (changes.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		List<ConsentRecord> answers = survivors(tenant, changes).stream()
			.map((change) -> answer(tenant, change, now))
			.toList();
		if (answers.isEmpty()) {
			return;
		}
		// Addresses before heads, like everybody
		welcomeBack(tenant, actor, answers);
		Map<Key, ConsentRecord> winners = winners(answers);
		Map<Key, Current> before = this.rows.lockCurrent(tenant, winners.keySet());
		this.rows.insertEvents(tenant, actor, now, answers, before);
		List<ConsentRecord> candidates = winners.values().stream().sorted(ConsentRepository.BY_KEY).toList();
		Map<Key, Long> versions = this.rows.updateCurrent(tenant, candidates);
		this.ledger.record(entries(tenant, actor, now, winners, before, versions));
		if (!versions.isEmpty()) {
			this.events.publishEvent(
					new ConsentsChanged(tenant, versions.keySet().stream().map(Key::profile).distinct().toList()));
		}
	}

	/**
	 * The answers in force. The IP address of the evidence stays sealed and is not shown.
	 * @param tenant whose people
	 * @param profile who
	 * @return one for each topic ever answered
	 */
	public List<Consent> of(TenantId tenant, ProfileId profile) {
		return this.jdbc.sql("""
				select head.topic, head.status, head.basis, head.version, head.answered_at,
				       proof.source, proof.shown_text, proof.text_version
				  from consent.consent head
				  join consent.consent_event proof
				    on proof.tenant_id = head.tenant_id and proof.id = head.event_id
				 where head.tenant_id = :tenant and head.profile_id = :profile
				 order by head.topic
				""")
			.param("tenant", tenant.value())
			.param("profile", profile.value())
			.query((found, number) -> consent(profile, found))
			.list();
	}

	/** What an import says may be as old as what was erased, so it proves nothing new. */
	private void welcomeBack(TenantId tenant, String actor, List<ConsentRecord> answers) {
		Map<ProfileId, Instant> agreed = new HashMap<>();
		for (ConsentRecord answer : answers) {
			if (answer.change().status() == ConsentStatus.GRANTED && !answer.change().evidence().isImported()) {
				agreed.merge(answer.change().profile(), answer.answeredAt(),
						(one, other) -> one.isAfter(other) ? one : other);
			}
		}
		if (agreed.isEmpty() || !this.suppressions.hasErased(tenant)) {
			return;
		}
		Map<AddressHash, Instant> agreements = new HashMap<>();
		this.profiles.read(tenant, agreed.keySet()).forEach((id, profile) -> {
			AddressHash address = profile.addressHash();
			Instant at = agreed.get(id);
			if (address != null && at != null) {
				agreements.merge(address, at, (one, other) -> one.isAfter(other) ? one : other);
			}
		});
		this.suppressions.removeErased(tenant, agreements, actor);
	}

	/**
	 * The answers in force of many people with one statement.
	 * @param tenant whose people
	 * @param profiles who, after all merges
	 * @return answers by topic; who never answered is absent
	 */
	public Map<ProfileId, Map<String, ConsentStatus>> current(TenantId tenant, Collection<ProfileId> profiles) {
		Map<ProfileId, Map<String, ConsentStatus>> answers = HashMap.newHashMap(profiles.size());
		this.jdbc.sql("""
				select profile_id, topic, status from consent.consent
				 where tenant_id = :tenant and profile_id = any (:profiles::text[]::uuid[])
				""")
			.param("tenant", tenant.value())
			.param("profiles", profiles.stream().map(ProfileId::toString).toArray(String[]::new))
			.query((found) -> {
				answers.computeIfAbsent(new ProfileId(found.getObject(1, UUID.class)), (profile) -> new HashMap<>())
					.put(found.getString(2), ConsentStatus.valueOf(found.getString(3)));
			});
		return answers;
	}

	/**
	 * A journey may still know a person by a profile that was absorbed meanwhile.
	 * Somebody who was erased has no answers any more.
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

	private ConsentRecord answer(TenantId tenant, ConsentChange change, Instant now) {
		Instant stated = change.evidence().at();
		// An answer from the future would outlive every later revocation
		Instant at = (stated != null && stated.isBefore(now)) ? stated.truncatedTo(ChronoUnit.MICROS) : now;
		String ip = change.evidence().ip();
		byte[] sealed = (ip != null) ? this.vault.seal(tenant, change.profile(), ip.getBytes(StandardCharsets.UTF_8))
				: null;
		return new ConsentRecord(this.ids.next(), change, at, sealed);
	}

	private static Map<Key, ConsentRecord> winners(List<ConsentRecord> answers) {
		Map<Key, ConsentRecord> winners = new HashMap<>();
		for (ConsentRecord answer : answers) {
			winners.merge(answer.key(), answer, (one, other) -> one.supersedes(other) ? one : other);
		}
		return winners;
	}

	/** Only what changed the answer in force is a decision; a repeated answer is not. */
	private static List<LedgerEntry> entries(TenantId tenant, String actor, Instant now,
			Map<Key, ConsentRecord> winners, Map<Key, Current> before, Map<Key, Long> versions) {
		List<LedgerEntry> entries = new ArrayList<>();
		versions.forEach((key, version) -> {
			ConsentRecord answer = winners.get(key);
			Current head = before.get(key);
			if (answer != null && (head == null || head.status() != answer.change().status())) {
				String kind = "consent." + answer.change().status().name().toLowerCase(Locale.ROOT);
				entries.add(new LedgerEntry(tenant, now, kind, "profile:" + key.profile(), actor,
						Map.of("topic", key.topic(), "version", version, "evidence", answer.id().toString())));
			}
		});
		return entries;
	}

	private static Consent consent(ProfileId profile, ResultSet found) throws SQLException {
		Instant at = found.getTimestamp("answered_at").toInstant();
		ConsentEvidence evidence = new ConsentEvidence(found.getString("source"), found.getString("shown_text"),
				found.getString("text_version"), null, at);
		return new Consent(profile, found.getString("topic"), ConsentStatus.valueOf(found.getString("status")),
				found.getString("basis"), evidence, found.getLong("version"), at);
	}

}
