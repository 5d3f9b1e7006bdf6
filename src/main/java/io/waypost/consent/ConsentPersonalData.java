package io.waypost.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

import io.waypost.database.SqlTime;
import io.waypost.identity.AddressHash;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Exports and erases the consents of a person. An erasure deletes the current consents
 * and suppresses the address, unless another profile has it too. Revocations of the
 * address stay with its keyed hash. It keeps topic, status and time of the history, which
 * show that earlier messages were lawful; the evidence (source, text, basis, IP address)
 * can no longer be decrypted.
 */
@Component
@Order(40)
class ConsentPersonalData implements PersonalRecords {

	private final JdbcClient jdbc;

	private final ConsentRepository repository;

	private final Suppressions suppressions;

	private final AddressConsents addresses;

	private final EvidenceCipher evidence;

	ConsentPersonalData(JdbcClient jdbc, ConsentRepository repository, Suppressions suppressions,
			AddressConsents addresses, EvidenceCipher evidence) {
		this.jdbc = jdbc;
		this.repository = repository;
		this.suppressions = suppressions;
		this.addresses = addresses;
		this.evidence = evidence;
	}

	@Override
	public String section() {
		return "consents";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.jdbc
			.sql("""
					select proof.topic, proof.status, proof.basis, proof.source, proof.shown_text, proof.text_version,
					       proof.ip_sealed, proof.evidence_sealed, proof.answered_at, proof.recorded_at, head.event_id is not null as in_force
					  from consent.consent_event proof
					  left join consent.consent head on head.tenant_id = proof.tenant_id
					   and head.profile_id = proof.profile_id and head.topic = proof.topic and head.event_id = proof.id
					 where proof.tenant_id = :tenant and proof.profile_id = :profile
					 order by proof.answered_at, proof.id
					""")
			.param("tenant", tenant.value())
			.param("profile", profile.value())
			.query((row) -> {
				sink.accept(answer(tenant, profile, row));
			});
		this.addresses.revocations(tenant, profile)
			.forEach((revocation) -> sink.accept(new ExportedConsent(revocation.topic(), ConsentStatus.REVOKED, null,
					Consents.ADDRESS_SOURCE + revocation.actor(), null, null, null, revocation.at(), revocation.at(),
					true)));
	}

	@EventListener
	@Order(40)
	void on(ProfileErased erased) {
		AddressHash address = erased.address();
		if (address != null) {
			this.suppressions.suppressErased(erased, Set.of(address));
		}
		this.repository.deleteClearEvidence(erased.tenant(), erased.profiles());
		erased.count("consents", this.repository.deleteCurrent(erased.tenant(), erased.profiles()));
	}

	private ExportedConsent answer(TenantId tenant, ProfileId profile, ResultSet row) throws SQLException {
		EvidenceCipher.SealedEvidence evidence = this.evidence.open(tenant, profile, row);
		return new ExportedConsent(row.getString("topic"), ConsentStatus.valueOf(row.getString("status")),
				evidence.basis(), evidence.source(), evidence.text(), evidence.textVersion(), evidence.ip(),
				SqlTime.read(row, "answered_at"), SqlTime.read(row, "recorded_at"), row.getBoolean("in_force"));
	}

	/**
	 * One answer with its evidence, as exported. The IP address is included because it is
	 * the person's own.
	 */
	record ExportedConsent(String topic, ConsentStatus status, @Nullable String basis, String source,
			@Nullable String text, @Nullable String textVersion, @Nullable String ip, Instant answeredAt,
			Instant recordedAt, boolean inForce) {
	}

}
