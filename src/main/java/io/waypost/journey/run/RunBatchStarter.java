package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.journey.engine.EngineCommand;
import io.waypost.journey.engine.tenant.TenantProcesses;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts stored runs in the engine, several in one transaction. A run that fails is
 * started alone up to its first save point. A run that cannot be started is tried again
 * later and then marked as failed with its reason. It never delays the others.
 */
@Component
public class RunBatchStarter {

	/** The journey key of a single message requested over the API. */
	public static final String SINGLE_MESSAGE = "single-message";

	private static final Logger log = LoggerFactory.getLogger(RunBatchStarter.class);

	private final JourneyRunRepository runs;

	private final StartingRuns startingRuns;

	private final TenantProcesses processes;

	private final EngineCommand engineCommand;

	private final TransactionTemplate transaction;

	private final WaitDurations waits;

	private final JourneySettings settings;

	private final Ledger ledger;

	private final Clock clock;

	private final MeterRegistry meters;

	RunBatchStarter(JourneyRunRepository runs, StartingRuns startingRuns, TenantProcesses processes,
			EngineCommand engineCommand, PlatformTransactionManager transactions, WaitDurations waits,
			JourneySettings settings, Ledger ledger, Clock clock, MeterRegistry meters) {
		this.runs = runs;
		this.startingRuns = startingRuns;
		this.processes = processes;
		this.engineCommand = engineCommand;
		this.transaction = new TransactionTemplate(transactions);
		this.waits = waits;
		this.settings = settings;
		this.ledger = ledger;
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * Starts what is due.
	 * @return how many runs were claimed; a full transaction means there may be more
	 */
	int startDue() {
		try {
			return start(this.settings.startsPerTransaction());
		}
		catch (RuntimeException | StackOverflowError ex) {
			log.info("A batch of runs could not be started ({}); starting the oldest run alone",
					ex.getClass().getSimpleName());
			return startAlone();
		}
	}

	/**
	 * Runs past the save points of the models: the stored run is a sufficient save point
	 * unless a run fails.
	 */
	private int start(int limit) {
		return count(this.transaction.execute((status) -> startAll(this.runs.claimPending(this.clock.instant(), limit),
				this.engineCommand::passSavePoints)));
	}

	/**
	 * Finds the failing run by starting the oldest alone, up to its save point. From
	 * there the job executor tries again, and operators see an incident.
	 */
	private int startAlone() {
		List<PendingRun> oldest = new ArrayList<>();
		try {
			return count(this.transaction.execute((status) -> {
				oldest.addAll(this.runs.claimPending(this.clock.instant(), 1));
				return startAll(oldest, () -> {
				});
			}));
		}
		catch (TransientDataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException | StackOverflowError ex) {
			oldest.forEach((run) -> postponeOrFail(run, ex));
			return oldest.size();
		}
	}

	private int startAll(List<PendingRun> due, Runnable afterEach) {
		if (due.isEmpty()) {
			return 0;
		}
		this.startingRuns.open(due);
		try {
			this.runs.started(this.engineCommand.run(() -> instances(due, afterEach)), this.clock.instant());
		}
		finally {
			this.startingRuns.close();
		}
		this.meters.counter("waypost.journey.run.start", "outcome", "started").increment(due.size());
		return due.size();
	}

	private List<JourneyRunRepository.StartedRun> instances(List<PendingRun> due, Runnable afterEach) {
		List<JourneyRunRepository.StartedRun> started = new ArrayList<>(due.size());
		for (PendingRun run : due) {
			String instance = instance(run);
			afterEach.run();
			started.add(new JourneyRunRepository.StartedRun(run, instance,
					this.startingRuns.outcome(run.id()).orElse(null)));
		}
		return started;
	}

	private void postponeOrFail(PendingRun run, Throwable cause) {
		Instant now = this.clock.instant();
		log.warn("Run {} of journey {} could not be started, attempt {}", run.id(), run.journey(), run.attempts() + 1,
				cause);
		if (run.attempts() + 1 < this.settings.maxStartAttempts()) {
			this.meters.counter("waypost.journey.run.start", "outcome", "postponed").increment();
			this.runs.postpone(run, now.plus(Duration.ofSeconds(1L << Math.min(run.attempts() * 2, 12))));
			return;
		}
		this.meters.counter("waypost.journey.run.start", "outcome", "failed").increment();
		this.transaction.executeWithoutResult((status) -> {
			this.runs.failed(run, cause.getClass().getSimpleName(), now);
			this.ledger.record(List.of(new LedgerEntry(run.tenant(), now, "journey.not_started", "run:" + run.id(),
					"system", Map.of("journey", run.journey(), "cause", cause.getClass().getSimpleName()))));
		});
	}

	private String instance(PendingRun run) {
		return this.processes.start(run.tenant(), run.journey(),
				(start) -> start.businessKey(run.id().toString()).setVariables(variables(run)));
	}

	private VariableMap variables(PendingRun run) {
		return Variables.createVariables()
			.putValue(JourneyVariables.PROFILE, run.profile().toString())
			.putValue(JourneyVariables.RUN, run.id().toString())
			.putValue(JourneyVariables.JOURNEY, run.journey())
			.putValue(JourneyVariables.TEMPLATE, run.template())
			.putValue(JourneyVariables.TOPIC, run.topic())
			.putValue(JourneyVariables.DELAY, this.waits.delay(run.delay()))
			.putValue(JourneyVariables.FOLLOW_UP_DELAY, this.waits.followUp());
	}

	private static int count(@Nullable Integer handled) {
		return (handled == null) ? 0 : handled;
	}

}
