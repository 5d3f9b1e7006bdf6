package io.waypost.delivery.queue;

import java.util.Collection;
import java.util.Map;

import io.waypost.consent.SendPermission;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * Checks permission when sends are claimed. In production this is
 * {@code SendPermissionEvaluator}; a function, so that claims can be tested without
 * decision tables.
 */
@FunctionalInterface
public interface PermissionCheck {

	/**
	 * Decides whether profiles may receive messages about a topic. Locks the consents it
	 * reads until the transaction ends.
	 * @param tenant tenant of the profiles
	 * @param topic topic of the messages
	 * @param profiles recipients
	 * @return the decision by profile; a missing profile has no permission
	 */
	Map<ProfileId, SendPermission> decide(TenantId tenant, String topic, Collection<ProfileId> profiles);

}
