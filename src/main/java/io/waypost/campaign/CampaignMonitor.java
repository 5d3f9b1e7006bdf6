package io.waypost.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.agent.CampaignContentWriter;
import io.waypost.campaign.CampaignProcess.CampaignSignal;
import io.waypost.campaign.CampaignRepository.WaitingCampaign;
import io.waypost.campaign.chunk.ChunkRepository;
import io.waypost.database.TenantScope;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.kernel.CampaignId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Signals the processes of campaigns that all chunks are done and, later, that all sends
 * have left. Every node does so; a repeated signal has no effect. The interval of
 * counting sends depends on its cost.
 */
@Component
class CampaignMonitor {

	private static final Logger log = LoggerFactory.getLogger(CampaignMonitor.class);

	private static final int BATCH_SIZE = 100;

	/** Pause after a count, in multiples of its duration: at most 5 % of one core. */
	private static final int PAUSE_FACTOR = 20;

	/** A paused campaign continues to wait for copy. */
	private static final Set<CampaignStatus> BEFORE_CONTENT = Set.of(CampaignStatus.PREPARING, CampaignStatus.PAUSED);

	private final CampaignRepository campaignRepository;

	private final CampaignProcess process;

	private final CampaignContentWriter writer;

	private final CampaignSendControl sends;

	private final ChunkRepository chunks;

	private final CampaignSettings settings;

	private final Clock clock;

	private final Map<CampaignId, Instant> nextCount = new ConcurrentHashMap<>();

	CampaignMonitor(CampaignRepository campaignRepository, CampaignProcess process, CampaignContentWriter writer,
			CampaignSendControl sends, ChunkRepository chunks, CampaignSettings settings, Clock clock) {
		this.campaignRepository = campaignRepository;
		this.process = process;
		this.writer = writer;
		this.sends = sends;
		this.chunks = chunks;
		this.settings = settings;
		this.clock = clock;
	}

	@Scheduled(fixedDelayString = "${waypost.campaign.check-interval:1s}",
			initialDelayString = "${waypost.campaign.check-interval:1s}")
	void poll() {
		TenantScope.runAll(this::signalAll);
	}

	private void signalAll() {
		try {
			this.writer.withFinishedCopy(BATCH_SIZE).forEach(this::signalCopy);
			this.campaignRepository.withAllChunksDone(BATCH_SIZE).forEach(this::signalProgress);
			this.campaignRepository.testingWithDueDeferrals(BATCH_SIZE).forEach(this::createDeferredChunks);
			this.campaignRepository.withUnstartedChunks(BATCH_SIZE)
				.forEach((campaign) -> this.process.signal(campaign.tenant(), campaign.campaign(),
						CampaignSignal.RESUMED));
		}
		catch (DataAccessException ex) {
			log.info("Campaigns could not be checked ({}); trying again", ex.getClass().getSimpleName());
		}
	}

	private void signalCopy(CampaignContentWriter.FinishedCopy copy) {
		boolean signalled = this.process.signal(copy.tenant(), copy.campaign(), CampaignSignal.COPY_WRITTEN);
		if (!signalled && this.campaignRepository.find(copy.tenant(), copy.campaign())
			.filter((campaign) -> BEFORE_CONTENT.contains(campaign.status()))
			.isEmpty()) {
			this.writer.releaseCopy(copy.tenant(), copy.campaign());
		}
	}

	private void signalProgress(WaitingCampaign waiting) {
		boolean signalled = this.process.signal(waiting.tenant(), waiting.campaign(), CampaignSignal.CHUNKS_DONE);
		if (!signalled && waiting.sending() && isDue(waiting.campaign()) && isFullySent(waiting)) {
			this.process.signal(waiting.tenant(), waiting.campaign(), CampaignSignal.SENT);
			this.nextCount.remove(waiting.campaign());
		}
	}

	/** Deferred recipients of a test join it when their window opens. */
	private void createDeferredChunks(WaitingCampaign testing) {
		this.chunks.createDeferredChunks(testing.tenant(), testing.campaign(), this.clock.instant(),
				this.settings.chunkSize());
	}

	private boolean isDue(CampaignId campaign) {
		Instant due = this.nextCount.get(campaign);
		return due == null || !this.clock.instant().isBefore(due);
	}

	private boolean isFullySent(WaitingCampaign waiting) {
		Instant begin = this.clock.instant();
		boolean left = !this.sends.isInProgress(waiting.tenant(), waiting.campaign());
		Instant end = this.clock.instant();
		this.nextCount.put(waiting.campaign(), end.plus(Duration.between(begin, end).multipliedBy(PAUSE_FACTOR)));
		return left;
	}

}
