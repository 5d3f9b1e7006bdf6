package io.waypost.delivery.esp;

import java.util.Map;

import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

/**
 * One message, ready for a provider. Holds personal data: never store or log it.
 *
 * @param tenant whose
 * @param send which send; also the idempotency key where a provider has one
 * @param profile to whom
 * @param fromName shown sender
 * @param from sender address
 * @param to recipient
 * @param subject one line, no CR or LF
 * @param html whole document
 * @param text plain-text alternative
 * @param headers List-Unsubscribe and others, no CR or LF
 * @param contentHash SHA-256 of subject, html and text, in hexadecimal digits
 */
public record OutboundEmail(TenantId tenant, SendId send, ProfileId profile, String fromName, EmailAddress from,
		EmailAddress to, String subject, String html, String text, Map<String, String> headers, String contentHash) {

	@Override
	public String toString() {
		return "OutboundEmail[" + this.send + "]";
	}

}
