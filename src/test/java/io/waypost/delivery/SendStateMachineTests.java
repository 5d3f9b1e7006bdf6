package io.waypost.delivery;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendStateMachineTests {

	/** Whatever is asked for, in whatever order: refused moves change nothing. */
	@Property(tries = 5000)
	void keepsItsPromisesOnEveryWalk(@ForAll List<SendStatus> wishes) {
		SendStatus status = SendStatus.PLANNED;
		boolean accepted = false;
		boolean calling = false;
		for (SendStatus wish : wishes) {
			if (!SendStateMachine.isAllowed(status, wish)) {
				continue;
			}
			assertThat(SendStateMachine.TERMINAL_STATUSES).doesNotContain(status);
			assertThat(wish == SendStatus.SUBMITTING).as("only the queue leads to a call")
				.isEqualTo(wish == SendStatus.SUBMITTING && status == SendStatus.QUEUED);
			assertThat(accepted && wish == SendStatus.QUEUED).as("an accepted message is never queued again").isFalse();
			assertThat(SendStateMachine.REPORTED_STATUSES.contains(wish) && !calling).as("no report without a call")
				.isFalse();
			accepted |= wish == SendStatus.ACCEPTED || wish == SendStatus.DELIVERED;
			calling |= wish == SendStatus.SUBMITTING;
			status = wish;
		}
	}

	@Test
	void reachesEveryStatusFromPlanned() {
		Set<SendStatus> reached = EnumSet.of(SendStatus.PLANNED);
		boolean grew = true;
		while (grew) {
			Set<SendStatus> next = EnumSet.copyOf(reached);
			reached.forEach((from) -> EnumSet.allOf(SendStatus.class)
				.stream()
				.filter((to) -> SendStateMachine.isAllowed(from, to))
				.forEach(next::add));
			grew = next.size() > reached.size();
			reached = next;
		}
		assertThat(reached).containsExactlyInAnyOrder(SendStatus.values());
	}

	@Test
	void neverRepeatsAnUnknownOutcomeByItself() {
		assertThat(SendStateMachine.isAllowed(SendStatus.UNKNOWN, SendStatus.SUBMITTING)).isFalse();
		assertThat(SendStateMachine.isAllowed(SendStatus.RESOLVED_BY_POLICY, SendStatus.QUEUED)).isFalse();
	}

	@Test
	void letsALateReportWin() {
		for (SendStatus open : EnumSet.of(SendStatus.SUBMITTING, SendStatus.UNKNOWN, SendStatus.RESOLVED_BY_POLICY)) {
			assertThat(SendStateMachine.isAllowed(open, SendStatus.ACCEPTED)).as("from %s", open).isTrue();
			assertThat(SendStateMachine.isAllowed(open, SendStatus.DELIVERED)).as("from %s", open).isTrue();
		}
	}

	@Test
	void knowsWhereEachStatusComesFrom() {
		assertThat(SendStateMachine.sources(SendStatus.SUBMITTING)).containsExactly(SendStatus.QUEUED);
		assertThat(SendStateMachine.sources(SendStatus.WITHHELD)).containsExactlyInAnyOrder(SendStatus.PLANNED,
				SendStatus.DEFERRED, SendStatus.CLEARED, SendStatus.FLAGGED, SendStatus.QUEUED);
	}

}
