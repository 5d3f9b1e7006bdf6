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
 * The state machine of a send, in one place. Four rules hold for all of it: nothing
 * leaves {@code WITHHELD} or {@code DEAD}; only {@code QUEUED} leads to a provider call;
 * nothing leads from an accepted message back to the queue; and a report from the
 * provider, however late, wins over what we had concluded without it.
 *
 * <pre>
 * planned ─► deferred · cleared · flagged ─► queued ─► submitting ─► accepted ─► delivered ─► complained
 *    └────────────► withheld ◄─────────────────┘  ▲        │            └─► bounced · dropped
 *                                     refused └───┴────────┼─► dead
 *                                                          └─► unknown ─► accepted … · queued · resolved_by_policy
 * </pre>
 */
public final class SendStateMachine {

	/** What the agent chain may ask for; everything else is decided by dispatch. */
	static final Set<SendStatus> AGENT_CHAIN_STATUSES = EnumSet.of(PLANNED, WITHHELD, DEFERRED, CLEARED, FLAGGED,
			QUEUED);

	/** What a provider's report may lead to. */
	static final Set<SendStatus> REPORTED_STATUSES = EnumSet.of(ACCEPTED, DELIVERED, BOUNCED, COMPLAINED, DROPPED);

	/** Where nothing follows any more. */
	static final Set<SendStatus> TERMINAL_STATUSES = EnumSet.of(WITHHELD, DEAD, COMPLAINED, DROPPED);

	private static final Map<SendStatus, Set<SendStatus>> NEXT = next();

	private SendStateMachine() {
	}

	private static Map<SendStatus, Set<SendStatus>> next() {
		Map<SendStatus, Set<SendStatus>> next = new EnumMap<>(SendStatus.class);
		// A repeated save of the same status only adds words and explanation
		next.put(PLANNED, EnumSet.of(PLANNED, WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(DEFERRED, EnumSet.of(PLANNED, WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(CLEARED, EnumSet.of(WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(FLAGGED, EnumSet.of(WITHHELD, DEFERRED, CLEARED, FLAGGED, QUEUED));
		next.put(QUEUED, EnumSet.of(SUBMITTING, WITHHELD));
		// A message under way whose recipient is erased is left to what the provider
		// reports
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

	/** From where a status can be reached. */
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
