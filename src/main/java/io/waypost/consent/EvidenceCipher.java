package io.waypost.consent;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.waypost.database.JsonColumn;
import io.waypost.identity.Vault;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Encrypts the evidence of an answer with the key of its person: it is text that sources
 * send, so it can contain anything. Evidence that consists of a source named by Waypost
 * stays in clear.
 */
@Component
class EvidenceCipher {

	/** Sources that Waypost itself names; an id of an event or of a send may follow. */
	private static final Pattern OWN_SOURCE = Pattern
		.compile("(?:event|import|api|setting|preference centre|unsubscribe of send)(?:[: ][0-9a-f-]{36})?");

	private final Vault vault;

	private final JsonColumn json;

	EvidenceCipher(Vault vault, JsonColumn json) {
		this.vault = vault;
		this.json = json;
	}

	/** Returns whether the evidence contains nothing that a source wrote. */
	static boolean isOwn(ConsentChange change) {
		ConsentEvidence evidence = change.evidence();
		return evidence.text() == null && evidence.textVersion() == null && evidence.ip() == null
				&& change.basis() == null && OWN_SOURCE.matcher(evidence.source()).matches();
	}

	byte[] seal(ConsentChange change, UnaryOperator<byte[]> sealer) {
		ConsentEvidence evidence = change.evidence();
		String content = this.json.write(new SealedEvidence(evidence.source(), evidence.text(), evidence.textVersion(),
				change.basis(), evidence.ip()));
		return sealer.apply(content.getBytes(StandardCharsets.UTF_8));
	}

	/** Reads the evidence of a row, also of one that an earlier version stored. */
	SealedEvidence open(TenantId tenant, ProfileId profile, ResultSet row) throws SQLException {
		byte[] sealed = row.getBytes("evidence_sealed");
		if (sealed != null) {
			return this.json.read(new String(this.vault.unseal(tenant, profile, sealed), StandardCharsets.UTF_8),
					SealedEvidence.class);
		}
		byte[] ip = row.getBytes("ip_sealed");
		String source = row.getString("source");
		return new SealedEvidence((source != null) ? source : "", row.getString("shown_text"),
				row.getString("text_version"), row.getString("basis"),
				(ip != null) ? new String(this.vault.unseal(tenant, profile, ip), StandardCharsets.UTF_8) : null);
	}

	/**
	 * What is encrypted.
	 *
	 * @param source where the answer comes from
	 * @param text the text that was shown
	 * @param textVersion its version
	 * @param basis lawful basis
	 * @param ip IP address of the person
	 */
	record SealedEvidence(String source, @Nullable String text, @Nullable String textVersion, @Nullable String basis,
			@Nullable String ip) {

		/** Returns the evidence without the IP address. */
		ConsentEvidence withoutIp(Instant at) {
			return new ConsentEvidence(this.source, this.text, this.textVersion, null, at);
		}

	}

}
