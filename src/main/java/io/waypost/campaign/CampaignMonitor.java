package io.waypost.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.campaign.CampaignProcess.CampaignSignal;
import io.waypost.campaign.CampaignRepository.WaitingCampaign;
import io.waypost.campaign.chunk.ChunkRepository;
import io.waypost.delivery.CampaignSends;
import io.waypost.kernel.CampaignId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks after campaigns whose chunks are all done: tells them so, and later that their
 * messages have left. Every node looks; who is told twice takes it once. What counting
 * costs decides how often it is done.
 */
@Component
class CampaignMonitor {

	private static final Logger log = LoggerFactory.getLogger(CampaignMonitor.class);

	private static final int AT_ONCE = 100;

	/** At most a twentieth of one core goes into counting. */
	private static final int REST = 20;

	private final CampaignRepository rows;

	private final CampaignProcess flow;

	private final CampaignSends sends;

	private final ChunkRepository chunks;

	private final CampaignSettings settings;

	private final Clock clock;

	private final Map<CampaignId, Instant> nextCount = new ConcurrentHashMap<>();

	CampaignMonitor(CampaignRepository rows, CampaignProcess flow, CampaignSends sends, ChunkRepository chunks,
			CampaignSettings settings, Clock clock) {
		this.rows = rows;
		this.flow = flow;
		this.sends = sends;
		this.chunks = chunks;
		this.settings = settings;
		this.clock = clock;
	}

	@Scheduled(fixedDelayString = "${waypost.campaign.watch:1s}", initialDelayString = "${waypost.campaign.watch:1s}")
	void poll() {
		try {
			this.rows.withAllChunksDone(AT_ONCE).forEach(this::signalProgress);
			this.rows.testingWithDueDeferrals(AT_ONCE).forEach(this::createDeferredChunks);
			this.rows.withUnstartedChunks(AT_ONCE)
				.forEach(
						(campaign) -> this.flow.signal(campaign.tenant(), campaign.campaign(), CampaignSignal.RESUMED));
		}
		catch (DataAccessException away) {
			log.info("Campaigns could not be looked at ({}); looking again", away.getClass().getSimpleName());
		}
	}

	private void signalProgress(WaitingCampaign waiting) {
		boolean told = this.flow.signal(waiting.tenant(), waiting.campaign(), CampaignSignal.CHUNKS_DONE);
		if (!told && waiting.sending() && isDue(waiting.campaign()) && isFullySent(waiting)) {
			this.flow.signal(waiting.tenant(), waiting.campaign(), CampaignSignal.SENT);
			this.nextCount.remove(waiting.campaign());
		}
	}

	/** Who could not be written to when the test began takes part in it all the same. */
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
		this.nextCount.put(waiting.campaign(), end.plus(Duration.between(begin, end).multipliedBy(REST)));
		return left;
	}

}
