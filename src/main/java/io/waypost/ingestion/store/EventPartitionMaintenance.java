package io.waypost.ingestion.store;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.TenantScope;
import io.waypost.ingestion.IngestionSettings;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the monthly partitions of the event log in advance, and deletes old message
 * ids.
 */
@Component
class EventPartitionMaintenance implements SmartInitializingSingleton {

	private static final int MONTHS_AHEAD = 2;

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final TransactionTemplate transactions;

	private final IngestionSettings settings;

	private final Clock clock;

	EventPartitionMaintenance(JdbcClient jdbc, AdvisoryLocks locks, TransactionTemplate transactions,
			IngestionSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.locks = locks;
		this.transactions = transactions;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		TenantScope.runAll(this::prepareMonths);
	}

	@Scheduled(cron = "0 17 3 * * *", zone = "UTC")
	void maintain() {
		TenantScope.runAll(this::maintainAllTenants);
	}

	private void maintainAllTenants() {
		prepareMonths();
		LocalDate oldest = LocalDate.ofInstant(this.clock.instant().minus(this.settings.dedupWindow()), ZoneOffset.UTC);
		this.jdbc.sql("delete from ingestion.message_id where received_on < ?").param(Date.valueOf(oldest)).update();
	}

	void prepareMonths() {
		YearMonth now = YearMonth.from(this.clock.instant().atZone(ZoneOffset.UTC));
		this.transactions.executeWithoutResult((status) -> {
			// Several nodes may start at the same time
			this.locks.lock(AdvisoryLock.EVENT_PARTITIONS);
			for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
				prepare(now.plusMonths(ahead));
			}
		});
	}

	private void prepare(YearMonth month) {
		boolean inDefault = this.jdbc
			.sql("select exists (select from ingestion.event_default where received_at >= ? and received_at < ?)")
			.params(month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC),
					month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.single();
		// A month with events in the default partition stays there
		if (!inDefault) {
			this.jdbc.sql("select ingestion.create_event_partition(?)")
				.param(Date.valueOf(month.atDay(1)))
				.query((row) -> {
				});
		}
	}

}
