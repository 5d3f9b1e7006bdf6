package io.waypost.consent;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.waypost.identity.AddressHash;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a person agreed to. An erasure ends every consent, keeps the history that proves
 * earlier messages were lawful (its only identifier, the network address, lost its key),
 * and blocks the address, unless somebody else has it too.
 */
@Component
@Order(40)
class ConsentPersonalData implements PersonalRecords {

	private static final String ACTOR = "system:erasure";

	private final JdbcClient jdbc;

	private final ConsentRepository rows;

	private final Suppressions suppressions;

	private final Profiles profiles;

	private final Vault vault;

	ConsentPersonalData(JdbcClient jdbc, ConsentRepository rows, Suppressions suppressions, Profiles profiles,
			Vault vault) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.suppressions = suppressions;
		this.profiles = profiles;
		this.vault = vault;
	}

	@Override
	public String section() {
		return "consents";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.jdbc.sql("""
				select proof.topic, proof.status, proof.basis, proof.source, proof.shown_text, proof.text_version,
				       proof.ip_sealed, proof.answered_at, proof.recorded_at, head.event_id is not null as in_force
				  from consent.consent_event proof
				  left join consent.consent head on head.tenant_id = proof.tenant_id
				   and head.profile_id = proof.profile_id and head.topic = proof.topic and head.event_id = proof.id
				 where proof.tenant_id = :tenant and proof.profile_id = :profile
				 order by proof.answered_at, proof.id
				""").param("tenant", tenant.value()).param("profile", profile.value()).query((row) -> {
			sink.accept(answer(tenant, profile, row));
		});
	}

	@EventListener
	@Order(40)
	void on(ProfileErased erased) {
		AddressHash address = erased.address();
		if (address != null) {
			block(erased, Set.of(address));
		}
		erased.count("consents", this.rows.deleteCurrent(erased.tenant(), erased.profiles()));
	}

	private void block(ProfileErased erased, Set<AddressHash> addresses) {
		Set<AddressHash> free = new HashSet<>(addresses);
		free.removeAll(this.profiles.addressesInUse(erased.tenant(), addresses));
		erased.count("addressesBlocked",
				this.suppressions.suppress(erased.tenant(), free, SuppressionReason.ERASED, ACTOR));
	}

	private ExportedConsent answer(TenantId tenant, ProfileId profile, ResultSet row) throws SQLException {
		byte[] ip = row.getBytes("ip_sealed");
		return new ExportedConsent(row.getString("topic"), ConsentStatus.valueOf(row.getString("status")),
				row.getString("basis"), row.getString("source"), row.getString("shown_text"),
				row.getString("text_version"),
				(ip != null) ? new String(this.vault.unseal(tenant, profile, ip), StandardCharsets.UTF_8) : null,
				row.getTimestamp("answered_at").toInstant(), row.getTimestamp("recorded_at").toInstant(),
				row.getBoolean("in_force"));
	}

	/**
	 * One answer with its proof, the network address included: it is the person's own.
	 */
	record ExportedConsent(String topic, ConsentStatus status, @Nullable String basis, String source,
			@Nullable String text, @Nullable String textVersion, @Nullable String ip, Instant answeredAt,
			Instant recordedAt, boolean inForce) {
	}

}
