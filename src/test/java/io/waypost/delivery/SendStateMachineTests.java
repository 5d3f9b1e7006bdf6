package io.waypost.delivery;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendStateMachineTests {

	/** Requests statuses in random order; refused transitions change nothing. */
	@Property(tries = 5000)
	void keepsTheRulesInEveryOrder(@ForAll List<SendStatus> requests) {
		SendStatus status = SendStatus.PLANNED;
		boolean accepted = false;
		boolean calling = false;
		for (SendStatus requested : requests) {
			if (!SendStateMachine.isAllowed(status, requested)) {
				continue;
			}
			assertThat(SendStateMachine.TERMINAL_STATUSES).doesNotContain(status);
			assertThat(requested == SendStatus.SUBMITTING).as("only QUEUED leads to a call")
				.isEqualTo(requested == SendStatus.SUBMITTING && status == SendStatus.QUEUED);
			assertThat(accepted && requested == SendStatus.QUEUED).as("an accepted message is never queued again")
				.isFalse();
			assertThat(SendStateMachine.REPORTED_STATUSES.contains(requested) && !calling)
				.as("no report without a call")
				.isFalse();
			accepted |= requested == SendStatus.ACCEPTED || requested == SendStatus.DELIVERED;
			calling |= requested == SendStatus.SUBMITTING;
			status = requested;
		}
	}

	@Test
	void reachesEveryStatusFromPlanned() {
		Set<SendStatus> reached = EnumSet.of(SendStatus.PLANNED);
		boolean changed = true;
		while (changed) {
			Set<SendStatus> next = EnumSet.copyOf(reached);
			reached.forEach((from) -> EnumSet.allOf(SendStatus.class)
				.stream()
				.filter((to) -> SendStateMachine.isAllowed(from, to))
				.forEach(next::add));
			changed = next.size() > reached.size();
			reached = next;
		}
		assertThat(reached).containsExactlyInAnyOrder(SendStatus.values());
	}

	@Test
	void neverResubmitsAnUnknownOutcome() {
		assertThat(SendStateMachine.isAllowed(SendStatus.UNKNOWN, SendStatus.SUBMITTING)).isFalse();
		assertThat(SendStateMachine.isAllowed(SendStatus.RESOLVED_BY_POLICY, SendStatus.QUEUED)).isFalse();
	}

	@Test
	void acceptsALateReport() {
		for (SendStatus open : EnumSet.of(SendStatus.SUBMITTING, SendStatus.UNKNOWN, SendStatus.RESOLVED_BY_POLICY)) {
			assertThat(SendStateMachine.isAllowed(open, SendStatus.ACCEPTED)).as("from %s", open).isTrue();
			assertThat(SendStateMachine.isAllowed(open, SendStatus.DELIVERED)).as("from %s", open).isTrue();
		}
	}

	@Test
	void listsTheSourcesOfAStatus() {
		assertThat(SendStateMachine.sources(SendStatus.SUBMITTING)).containsExactly(SendStatus.QUEUED);
		assertThat(SendStateMachine.sources(SendStatus.WITHHELD)).containsExactlyInAnyOrder(SendStatus.PLANNED,
				SendStatus.DEFERRED, SendStatus.CLEARED, SendStatus.FLAGGED, SendStatus.QUEUED);
	}

}
