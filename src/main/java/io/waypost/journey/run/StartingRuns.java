package io.waypost.journey.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.kernel.JourneyRunId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The runs that this thread is starting: what was read of them together need not be read
 * again one by one, and those that end at once are noted together.
 */
@Component
public class StartingRuns {

	private final ThreadLocal<@Nullable Starting> current = new ThreadLocal<>();

	/** From now on, until {@link #close}. */
	void open(List<PendingRun> runs) {
		Starting starting = new Starting(new HashMap<>(), new HashMap<>());
		runs.forEach((run) -> starting.runs().put(run.id(), run));
		this.current.set(starting);
	}

	void close() {
		this.current.remove();
	}

	/** A run of this thread's. */
	public Optional<PendingRun> find(JourneyRunId run) {
		Starting starting = this.current.get();
		return (starting != null) ? Optional.ofNullable(starting.runs().get(run)) : Optional.empty();
	}

	/** Notes that a run has ended; false when it is none of this thread's. */
	boolean ended(JourneyRunId run, String outcome) {
		Starting starting = this.current.get();
		if (starting == null || !starting.runs().containsKey(run)) {
			return false;
		}
		starting.outcomes().put(run, outcome);
		return true;
	}

	/** How a run ended, if it did. */
	Optional<String> outcome(JourneyRunId run) {
		Starting starting = this.current.get();
		return (starting != null) ? Optional.ofNullable(starting.outcomes().get(run)) : Optional.empty();
	}

	private record Starting(Map<JourneyRunId, PendingRun> runs, Map<JourneyRunId, String> outcomes) {

	}

}
