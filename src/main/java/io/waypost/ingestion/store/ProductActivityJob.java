package io.waypost.ingestion.store;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.ingestion.ProductActivity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Computes co-purchases and sales from the event log: every night, and once some minutes
 * after the start. Two statements for all tenants, whatever the number of profiles.
 */
@Component
class ProductActivityJob {

	private static final Logger log = LoggerFactory.getLogger(ProductActivityJob.class);

	/** Co-purchases need a long memory, because most people order a few times a year. */
	private static final Duration CO_PURCHASE_PERIOD = Duration.ofDays(365);

	private static final Duration SALES_PERIOD = Duration.ofDays(90);

	/** Fewer buyers would show what a single person bought. */
	private static final int MIN_BUYERS = 2;

	/** Related products that are stored of each product. */
	private static final int RELATED = 20;

	/**
	 * Purchases of at most this number of products of one profile are paired. A buyer of
	 * hundreds of products says little about each pair and would cost their square.
	 */
	private static final int MAX_PRODUCTS = 60;

	private static final String BOUGHT = """
			with bought as (
				select distinct e.tenant_id, e.profile_id, item.value ->> 'product_id' as product_id
				from ingestion.event e
				cross join lateral json_array_elements(case when json_typeof(e.properties -> 'products') = 'array'
					then e.properties -> 'products' else '[]'::json end) item
				where e.type = 'track' and e.name = 'Order Completed' and e.received_at > :since and e.occurred_at > :since
					and item.value ->> 'product_id' is not null
			)
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final AdvisoryLocks locks;

	private final ProductActivity activity;

	private final Clock clock;

	ProductActivityJob(JdbcClient jdbc, TransactionTemplate transaction, AdvisoryLocks locks, ProductActivity activity,
			Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.locks = locks;
		this.activity = activity;
		this.clock = clock;
	}

	@Scheduled(cron = "0 41 2 * * *", zone = "UTC")
	void everyNight() {
		run();
	}

	/** A new installation does not wait for the night. */
	@Scheduled(initialDelayString = "PT3M", fixedDelayString = "P365D")
	void afterTheStart() {
		run();
	}

	/** Replaces both tables in one transaction; readers see the old or the new state. */
	void run() {
		long start = System.nanoTime();
		Integer pairs = TenantScope.all(() -> this.transaction.execute((status) -> {
			this.locks.lock(AdvisoryLock.PRODUCT_ACTIVITY);
			replaceSales();
			return replaceCoPurchases();
		}));
		this.activity.invalidate();
		log.info("Computed {} co-purchases in {} ms", pairs, Duration.ofNanos(System.nanoTime() - start).toMillis());
	}

	private void replaceSales() {
		this.jdbc.sql("delete from ingestion.product_sales").update();
		this.jdbc.sql(BOUGHT + """
				insert into ingestion.product_sales (tenant_id, product_id, buyers)
				select tenant_id, product_id, count(*) from bought group by tenant_id, product_id
				having count(*) >= :min""").param("since", since(SALES_PERIOD)).param("min", MIN_BUYERS).update();
	}

	private int replaceCoPurchases() {
		this.jdbc.sql("delete from ingestion.co_purchase").update();
		return this.jdbc
			.sql(BOUGHT
					+ """
							, counted as (
								select *, count(*) over (partition by tenant_id, profile_id) as own,
									count(*) over (partition by tenant_id, product_id) as all_buyers
								from bought
							), pair as (
								select a.tenant_id, a.product_id, b.product_id as other_id, count(*) as buyers,
									count(*) / sqrt(a.all_buyers::float8 * b.all_buyers) as score
								from counted a
								join counted b using (tenant_id, profile_id)
								where a.product_id <> b.product_id and a.own <= :most
								group by a.tenant_id, a.product_id, b.product_id, a.all_buyers, b.all_buyers
								having count(*) >= :min
							), ranked as (
								select *, row_number() over (partition by tenant_id, product_id order by score desc, other_id) as rank
								from pair
							)
							insert into ingestion.co_purchase (tenant_id, product_id, other_id, buyers, score)
							select tenant_id, product_id, other_id, buyers, score from ranked where rank <= :related""")
			.param("since", since(CO_PURCHASE_PERIOD))
			.param("most", MAX_PRODUCTS)
			.param("min", MIN_BUYERS)
			.param("related", RELATED)
			.update();
	}

	private OffsetDateTime since(Duration period) {
		return SqlTime.of(this.clock.instant().minus(period));
	}

}
