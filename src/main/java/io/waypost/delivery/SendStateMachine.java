package io.waypost.delivery;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import static io.waypost.delivery.SendStatus.ACCEPTED;
import static io.waypost.delivery.SendStatus.BOUNCED;
import static io.waypost.delivery.SendStatus.CLEARED;
import static io.waypost.delivery.SendStatus.COMPLAINED;
import static io.waypost.delivery.SendStatus.DEAD;
import static io.waypost.delivery.SendStatus.DEFERRED;
import static io.waypost.delivery.SendStatus.DELIVERED;
import static io.waypost.delivery.SendStatus.DROPPED;
import static io.waypost.delivery.SendStatus.FLAGGED;
import static io.waypost.delivery.SendStatus.PLANNED;
import static io.waypost.delivery.SendStatus.QUEUED;
import static io.waypost.delivery.SendStatus.RESOLVED_BY_POLICY;
import static io.waypost.delivery.SendStatus.SUBMITTING;
import static io.waypost.delivery.SendStatus.UNKNOWN;
import static io.waypost.delivery.SendStatus.WITHHELD;

/**
 * The state machine of a send. Four rules hold: nothing leaves {@code WITHHELD} or {@code
 * DEAD}; only {@code QUEUED} leads to a provider call; an accepted message never returns
 * to the queue; a report from the provider, however late, overrides what was concluded
 * without it.
 *
 * <pre>
 *  planned ─► deferred · cleared · flagged ─► queued ─► submitting ─► accepted ─► delivered ─► complained
 *     └────────────► withheld ◄─────────────────┘  ▲        │            └─► bounced · dropped
 *                                      refused └───┴────────┼─► dead
 *                                                           └─► unknown ─► accepted … · queued · resolved_by_policy
 * </pre>
 */
public final class SendStateMachine {

	/** Statuses that the agent chain may request; all others are set by dispatch. */
	static final Set<SendStatus> AGENT_CHAIN_STATUSES = EnumSet.of(PLANNED, WITHHELD, DEFERRED, CLEARED, FLAGGED,
			QUEUED);

	/** Statuses that a provider's report may lead to. */
	static final Set<SendStatus> REPORTED_STATUSES = EnumSet.of(ACCEPTED, DELIVERED, BOUNCED, COMPLAINED, DROPPED);

	/** Statuses without a next status. */
	static final Set<SendStatus> TERMINAL_STATUSES = EnumSet.of(WITHHELD, DEAD, COMPLAINED, DROPPED);

	private static final Map<SendStatus, Set<SendStatus>> NEXT = next();

	private SendStateMachine() {
	}

	private static Map<SendStatus, Set<SendStatus>> next() {
		Map<SendStatus, Set<SendStatus>> next = new EnumMap<>(SendStatus.class);
		// A repeated save of the same status only adds content and explanation
		next.put(PLANNED, EnumSet.of(PLANNED, WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(DEFERRED, EnumSet.of(PLANNED, WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(CLEARED, EnumSet.of(WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(FLAGGED, EnumSet.of(WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(QUEUED, EnumSet.of(SUBMITTING, WITHHELD));
		// RESOLVED_BY_POLICY: the recipient of a submitted message was erased
		next.put(SUBMITTING, EnumSet.of(ACCEPTED, QUEUED, UNKNOWN, RESOLVED_BY_POLICY, DEAD, DELIVERED, BOUNCED,
				COMPLAINED, DROPPED));
		next.put(UNKNOWN, EnumSet.of(ACCEPTED, QUEUED, RESOLVED_BY_POLICY, DELIVERED, BOUNCED, COMPLAINED, DROPPED));
		next.put(RESOLVED_BY_POLICY, EnumSet.of(ACCEPTED, DELIVERED, BOUNCED, COMPLAINED, DROPPED));
		next.put(ACCEPTED, EnumSet.of(DELIVERED, BOUNCED, COMPLAINED, DROPPED));
		next.put(DELIVERED, EnumSet.of(BOUNCED, COMPLAINED));
		next.put(BOUNCED, EnumSet.of(COMPLAINED));
		TERMINAL_STATUSES.forEach((status) -> next.put(status, EnumSet.noneOf(SendStatus.class)));
		return next;
	}

	public static boolean isAllowed(SendStatus from, SendStatus to) {
		return NEXT.getOrDefault(from, Set.of()).contains(to);
	}

	/** Returns the statuses from which a status can be reached. */
	public static Set<SendStatus> sources(SendStatus to) {
		Set<SendStatus> sources = EnumSet.noneOf(SendStatus.class);
		NEXT.forEach((from, targets) -> {
			if (targets.contains(to)) {
				sources.add(from);
			}
		});
		return sources;
	}

}
