package io.waypost.journey.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.kernel.JourneyRunId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The runs that this thread is starting. Data that was read for all of them is not read
 * again for each one, and the runs that end at once are stored together.
 */
@Component
public class StartingRuns {

	private final ThreadLocal<@Nullable Starting> current = new ThreadLocal<>();

	/** Begins the start of runs, until {@link #close}. */
	void open(List<PendingRun> runs) {
		Starting starting = new Starting(new HashMap<>(), new HashMap<>());
		runs.forEach((run) -> starting.runs().put(run.id(), run));
		this.current.set(starting);
	}

	void close() {
		this.current.remove();
	}

	/** Finds a run that this thread is starting. */
	public Optional<PendingRun> find(JourneyRunId run) {
		Starting starting = this.current.get();
		return (starting != null) ? Optional.ofNullable(starting.runs().get(run)) : Optional.empty();
	}

	/** Stores the outcome of a run; false when this thread is not starting it. */
	boolean ended(JourneyRunId run, String outcome) {
		Starting starting = this.current.get();
		if (starting == null || !starting.runs().containsKey(run)) {
			return false;
		}
		starting.outcomes().put(run, outcome);
		return true;
	}

	/** Returns the outcome of a run that has ended. */
	Optional<String> outcome(JourneyRunId run) {
		Starting starting = this.current.get();
		return (starting != null) ? Optional.ofNullable(starting.outcomes().get(run)) : Optional.empty();
	}

	private record Starting(Map<JourneyRunId, PendingRun> runs, Map<JourneyRunId, String> outcomes) {

	}

}
