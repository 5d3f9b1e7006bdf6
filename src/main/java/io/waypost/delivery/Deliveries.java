package io.waypost.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * The spine: sends and their states. Every method works on a batch with one statement.
 */
@Component
public class Deliveries {

	/**
	 * Plans sends; a wish that is already planned is returned as it stands.
	 * @param tenant whose
	 * @param wishes what to send
	 * @return one send for each wish, in the same order
	 */
	public List<Send> plan(TenantId tenant, List<PlannedSend> wishes) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Saves what was decided. A send that has meanwhile gone on to a state from which the
	 * wanted one cannot be reached is left alone.
	 * @param tenant whose
	 * @param updates what to save; QUEUED hands the send to the dispatcher
	 * @return the ids that were changed
	 */
	public List<SendId> save(TenantId tenant, List<SendUpdate> updates) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Reads sends with words and explanation.
	 * @param tenant whose
	 * @param ids which
	 * @return those that exist
	 */
	public List<StoredSend> read(TenantId tenant, Collection<SendId> ids) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Counts messages on their way or sent, for frequency caps.
	 * @param tenant whose
	 * @param profiles to whom
	 * @param since from when on
	 * @return profile to number; profiles without any are absent
	 */
	public Map<ProfileId, Integer> countSince(TenantId tenant, Collection<ProfileId> profiles, Instant since) {
		throw new UnsupportedOperationException();
	}

}
