package io.waypost.delivery.esp;

import java.util.Map;

import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

/**
 * A rendered message, ready to submit. Contains personal data: never store or log it.
 *
 * @param tenant tenant of the send
 * @param send id of the send; also the idempotency key where a provider supports one
 * @param profile recipient
 * @param fromName displayed sender name
 * @param from sender address
 * @param to recipient address
 * @param subject one line, without CR or LF
 * @param html complete HTML document
 * @param text plain-text alternative
 * @param headers List-Unsubscribe and others, without CR or LF
 * @param contentHash SHA-256 of subject, HTML and text, hexadecimal
 */
public record OutboundEmail(TenantId tenant, SendId send, ProfileId profile, String fromName, EmailAddress from,
		EmailAddress to, String subject, String html, String text, Map<String, String> headers, String contentHash) {

	@Override
	public String toString() {
		return "OutboundEmail[" + this.send + "]";
	}

}
