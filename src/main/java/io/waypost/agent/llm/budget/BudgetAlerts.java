package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Tells operators once per tenant and day that the costs of language models are high, and
 * once that the limit of the day refused a call: in the log and in the ledger. Call it
 * within the transaction of the costs, as its last step.
 */
@Component
class BudgetAlerts {

	private static final Logger log = LoggerFactory.getLogger(BudgetAlerts.class);

	private final SpendCounters counters;

	private final ModelBudgetSettings settings;

	private final Ledger ledger;

	private final Clock clock;

	BudgetAlerts(SpendCounters counters, ModelBudgetSettings settings, Ledger ledger, Clock clock) {
		this.counters = counters;
		this.settings = settings;
		this.ledger = ledger;
		this.clock = clock;
	}

	/** Compares what is used of a day with the alert. */
	void check(TenantId tenant, LocalDate day) {
		this.counters.markAlert(tenant, day, this.settings.dailyAlert(), this.clock.instant()).ifPresent((used) -> {
			log.warn("Language models of tenant {} used {} USD on {}; the alert is at {} and the limit at {}", tenant,
					used.stripTrailingZeros().toPlainString(), day, this.settings.dailyAlert(),
					this.settings.dailyLimit());
			record("model.budget.alert", tenant, day, used);
		});
	}

	/** The limit of a day refused a call. Returns whether it is the first one. */
	boolean exhausted(TenantId tenant, LocalDate day) {
		boolean first = this.counters.markExhausted(tenant, day, this.clock.instant());
		if (first) {
			log.warn("The limit of {} USD for language models of tenant {} is used up on {}; content is written by "
					+ "rules until midnight UTC", this.settings.dailyLimit(), tenant, day);
			record("model.budget.exhausted", tenant, day, this.counters.used(tenant, SpendCounters.day(day)));
		}
		return first;
	}

	private void record(String kind, TenantId tenant, LocalDate day, BigDecimal used) {
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "model-budget:" + day, "system",
				Map.of("usedUsd", used.toPlainString(), "alertUsd", this.settings.dailyAlert().toPlainString(),
						"limitUsd", this.settings.dailyLimit().toPlainString()))));
	}

}
