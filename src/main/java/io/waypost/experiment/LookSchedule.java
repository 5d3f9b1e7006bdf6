package io.waypost.experiment;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at every running experiment from time to time, each by one node. */
@Component
class LookSchedule {

	private final TrialRows trials;

	private final Looks looks;

	private final ExperimentSettings settings;

	private final TransactionTemplate transaction;

	private final MeterRegistry meters;

	private final Clock clock;

	LookSchedule(TrialRows trials, Looks looks, ExperimentSettings settings, TransactionTemplate transaction,
			MeterRegistry meters, Clock clock) {
		this.trials = trials;
		this.looks = looks;
		this.settings = settings;
		this.transaction = transaction;
		this.meters = meters;
		this.clock = clock;
	}

	/** Looks until nothing is due: what was looked at is not due again for a while. */
	@Scheduled(fixedDelayString = "${waypost.experiment.look-interval:PT10M}",
			initialDelayString = "${waypost.experiment.look-interval:PT10M}")
	void run() {
		Instant before = this.clock.instant().minus(this.settings.lookInterval().dividedBy(2));
		boolean more;
		do {
			more = lookAtOne(before);
		}
		while (more);
	}

	private boolean lookAtOne(Instant before) {
		Optional<ReadOut> seen = Objects
			.requireNonNull(this.transaction.execute((status) -> this.trials.lockDue(before).map(this.looks::look)));
		seen.ifPresent((readOut) -> this.meters
			.counter("waypost.experiment.trial.look", "outcome", readOut.verdict().decision().name())
			.increment());
		return seen.isPresent();
	}

}
