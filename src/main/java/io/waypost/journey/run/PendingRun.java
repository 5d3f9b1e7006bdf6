package io.waypost.journey.run;

import java.util.Map;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * A stored run that is not started in the engine yet.
 *
 * @param tenant the tenant
 * @param id its id
 * @param journey journey key
 * @param profile the recipient
 * @param template template key
 * @param topic topic whose consent it needs
 * @param delay ISO 8601 duration
 * @param attempts how many starts failed
 * @param trigger the event or request that started it
 * @param properties data for its messages
 */
public record PendingRun(TenantId tenant, JourneyRunId id, String journey, ProfileId profile, String template,
		String topic, String delay, int attempts, Map<String, Object> trigger, Map<String, Object> properties) {

}
