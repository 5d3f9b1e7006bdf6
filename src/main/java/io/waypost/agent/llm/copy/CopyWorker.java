package io.waypost.agent.llm.copy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import io.waypost.agent.llm.copy.CopyGenerator.CopyResult;
import io.waypost.agent.llm.copy.CopyRepository.ClaimedTask;
import io.waypost.database.TenantScope;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has requested copy written, outside of transactions. Every node claims tasks; a task
 * whose node died is claimed again when its lease has ended.
 */
@Component
class CopyWorker {

	private static final Logger log = LoggerFactory.getLogger(CopyWorker.class);

	/** Longer than the four requests of a task with all their attempts can take. */
	private static final Duration LEASE = Duration.ofMinutes(10);

	private static final Duration PAUSE = Duration.ofSeconds(20);

	private static final int MAX_ATTEMPTS = 3;

	private static final int DELETED_AT_ONCE = 1_000;

	private final CopyRepository repository;

	private final CopyGenerator generator;

	private final GeneratedCopies copies;

	private final CopySettings settings;

	private final Clock clock;

	private final Semaphore free;

	private final ExecutorService threads = Executors
		.newThreadPerTaskExecutor(Thread.ofVirtual().name("copy-", 0).factory());

	CopyWorker(CopyRepository repository, CopyGenerator generator, GeneratedCopies copies, CopySettings settings,
			Clock clock) {
		this.repository = repository;
		this.generator = generator;
		this.copies = copies;
		this.settings = settings;
		this.clock = clock;
		this.free = new Semaphore(settings.parallel());
	}

	@Scheduled(fixedDelay = 500)
	void poll() {
		if (!this.copies.isConfigured()) {
			return;
		}
		try {
			this.copies.flush();
			work();
		}
		catch (DataAccessException ex) {
			log.info("Copy could not be requested ({}); trying again", ex.getClass().getSimpleName());
		}
	}

	@Scheduled(cron = "0 33 3 * * *", zone = "UTC")
	void deleteOld() {
		Instant before = this.clock.instant().minus(this.settings.keep());
		int deleted = DELETED_AT_ONCE;
		while (deleted == DELETED_AT_ONCE) {
			deleted = TenantScope.all(() -> this.repository.deleteFinished(before, DELETED_AT_ONCE));
		}
	}

	@PreDestroy
	void stop() {
		this.threads.shutdownNow();
	}

	/** Claims as many tasks as there are free places and works on them. */
	void work() {
		int places = this.free.drainPermits();
		int used = 0;
		try {
			if (places > 0) {
				List<ClaimedTask> claimed = TenantScope
					.all(() -> this.repository.claim(this.clock.instant(), LEASE, places));
				for (ClaimedTask task : claimed) {
					this.threads.execute(() -> finish(task));
					used++;
				}
			}
		}
		finally {
			this.free.release(places - used);
		}
	}

	private void finish(ClaimedTask claimed) {
		try {
			TenantScope.run(claimed.tenant(), () -> store(claimed, generated(claimed)));
		}
		catch (RuntimeException | Error ex) {
			log.warn("Copy {} of tenant {} is written again after its lease", claimed.key(), claimed.tenant(), ex);
		}
		finally {
			this.free.release();
		}
	}

	private CopyResult generated(ClaimedTask claimed) {
		if (claimed.attempts() > MAX_ATTEMPTS) {
			return new CopyResult.NotWritten("failed", false);
		}
		return this.generator.generate(claimed.tenant(), claimed.key(), claimed.task());
	}

	private void store(ClaimedTask claimed, CopyResult result) {
		Instant now = this.clock.instant();
		switch (result) {
			case CopyResult.Written(StoredCopies copies) ->
				this.repository.store(claimed.tenant(), claimed.key(), copies, now);
			case CopyResult.NotWritten(String reason, boolean temporary) when temporary
					&& claimed.attempts() < MAX_ATTEMPTS ->
				this.repository.postpone(claimed.tenant(), claimed.key(), reason, now.plus(PAUSE));
			case CopyResult.NotWritten(String reason, boolean temporary) -> {
				log.info("No copy for goal '{}' of tenant {}: {}; messages are written by rules", claimed.task().goal(),
						claimed.tenant(), reason);
				this.repository.fail(claimed.tenant(), claimed.key(), reason, now.plus(this.settings.retryAfter()));
			}
		}
		this.copies.invalidate(claimed.tenant(), claimed.key());
	}

}
