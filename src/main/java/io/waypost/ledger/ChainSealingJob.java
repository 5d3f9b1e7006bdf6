package io.waypost.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.TenantScope;

import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Chains pending entries every 500 ms. */
@Component
@EnableScheduling
class ChainSealingJob {

	private final Ledger ledger;

	private final MeterRegistry meters;

	ChainSealingJob(Ledger ledger, MeterRegistry meters) {
		this.ledger = ledger;
		this.meters = meters;
	}

	@Scheduled(fixedDelay = 500)
	void seal() {
		this.meters.counter("waypost.ledger.entry.seal", "outcome", "sealed")
			.increment(TenantScope.all(this.ledger::seal));
	}

}
