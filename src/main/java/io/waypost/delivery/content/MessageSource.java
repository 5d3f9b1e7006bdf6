package io.waypost.delivery.content;

import java.util.List;
import java.util.UUID;

import io.waypost.content.EmailDraft;
import io.waypost.delivery.SendRequest;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What a message is made of, as read from the database.
 *
 * @param tenant tenant of the send
 * @param send id of the send
 * @param profile recipient
 * @param journey journey key
 * @param topic topic whose consent it needs
 * @param draft the draft
 * @param links URLs of its numbered links
 * @param contentId id of the shared content, null when the send has its own content
 * @param brand digest of the brand kit that the content was inspected with
 */
public record MessageSource(TenantId tenant, SendId send, ProfileId profile, String journey, String topic,
		EmailDraft draft, List<String> links, @Nullable UUID contentId, @Nullable String brand) {

	/**
	 * Returns whether this is a test send. Its links are not tracked.
	 * @return whether the journey is {@link SendRequest#TEST}
	 */
	public boolean isTest() {
		return this.journey.equals(SendRequest.TEST);
	}

}
