package io.waypost.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.waypost.agent.Route;
import io.waypost.campaign.chunk.CampaignFrequencyCapLock;
import io.waypost.campaign.chunk.ChunkContext;
import io.waypost.campaign.chunk.ChunkProcessor;
import io.waypost.campaign.chunk.ChunkRepository;
import io.waypost.campaign.chunk.ChunkState;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.TenantId;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Creates, starts and processes the chunks of campaigns. Each chunk is processed in one
 * transaction of several steps, which share the {@link ChunkContext}.
 */
@Component
@EnableConfigurationProperties(CampaignSettings.class)
public class CampaignChunks {

	private static final Set<CampaignStatus> PREPARED = Set.of(CampaignStatus.PREPARING, CampaignStatus.IN_REVIEW);

	private final Campaigns campaigns;

	private final CampaignApprovals approvals;

	private final CampaignRepository campaignRepository;

	private final ChunkRepository chunkRepository;

	private final CampaignFrequencyCapLock capLock;

	private final ChunkProcessor chunkProcessor;

	private final ChunkContext context;

	private final CampaignSettings settings;

	private final FastTime fastTime;

	private final Clock clock;

	CampaignChunks(Campaigns campaigns, CampaignApprovals approvals, CampaignRepository campaignRepository,
			ChunkRepository chunkRepository, CampaignFrequencyCapLock capLock, ChunkProcessor chunkProcessor,
			ChunkContext context, CampaignSettings settings, FastTime fastTime, Clock clock) {
		this.campaigns = campaigns;
		this.approvals = approvals;
		this.campaignRepository = campaignRepository;
		this.chunkRepository = chunkRepository;
		this.capLock = capLock;
		this.chunkProcessor = chunkProcessor;
		this.context = context;
		this.settings = settings;
		this.fastTime = fastTime;
		this.clock = clock;
	}

	/**
	 * Chunks that were started together.
	 *
	 * @param chunks numbers of the chunks; none while the campaign is paused
	 * @param until end of the test, or the current time without a test
	 */
	public record StartedChunks(List<Integer> chunks, Instant until) {

		public StartedChunks {
			chunks = List.copyOf(chunks);
		}

	}

	/**
	 * Creates and starts the chunks of the test. Its recipients were drawn at random when
	 * the audience was frozen and have the first positions.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the started chunks
	 */
	public StartedChunks startTest(TenantId tenant, CampaignId id) {
		this.approvals.require(tenant, id);
		Campaign campaign = this.campaigns.require(tenant, id);
		ExperimentPlan test = Optional.ofNullable(campaign.brief().test()).orElseThrow();
		int people = (int) Math.ceil(campaign.size() * test.percent() / 100);
		this.campaignRepository.move(tenant, id, PREPARED, CampaignStatus.TESTING, null);
		this.chunkRepository.createChunks(tenant, id, ChunkRepository.ChunkPhase.TEST, people,
				this.settings.chunkSize());
		return new StartedChunks(start(tenant, id), this.clock.instant().plus(this.fastTime.shorten(test.duration())));
	}

	/**
	 * Creates and starts the chunks of the remaining audience and of deferred recipients
	 * whose window has opened.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the started chunks
	 */
	public StartedChunks startRollout(TenantId tenant, CampaignId id) {
		this.approvals.require(tenant, id);
		Instant now = this.clock.instant();
		this.campaignRepository.rollOut(tenant, id);
		this.chunkRepository.createChunks(tenant, id, ChunkRepository.ChunkPhase.ROLLOUT,
				this.campaigns.require(tenant, id).size(), this.settings.chunkSize());
		this.chunkRepository.createDeferredChunks(tenant, id, now, this.settings.chunkSize());
		return new StartedChunks(start(tenant, id), now);
	}

	/**
	 * Starts the chunks that a pause has stopped.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the started chunks
	 */
	public StartedChunks startWaiting(TenantId tenant, CampaignId id) {
		this.approvals.require(tenant, id);
		return new StartedChunks(start(tenant, id), this.clock.instant());
	}

	/**
	 * Returns the start of the next send window of deferred recipients.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the earliest time, empty without deferred recipients
	 */
	public Optional<Instant> nextWindow(TenantId tenant, CampaignId id) {
		return this.chunkRepository.nextWindow(tenant, id);
	}

	/**
	 * Returns whether a campaign has a chunk.
	 * @param tenant the tenant
	 * @param id id of the campaign, which may not exist
	 * @param number number of the chunk
	 * @return whether it exists
	 */
	public boolean exists(TenantId tenant, CampaignId id, int number) {
		return this.chunkRepository.exists(tenant, id, number);
	}

	/**
	 * Locks a chunk until the transaction ends. If several campaigns of the tenant are
	 * sending, it waits for the frequency cap lock first.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param number number of the chunk
	 * @return CONTINUE, or STOP when the chunk is done or the campaign is not running
	 */
	public Route claim(TenantId tenant, CampaignId id, int number) {
		this.capLock.acquire(tenant, id);
		Campaign campaign = this.campaigns.require(tenant, id);
		if (!CampaignStatus.RUNNING.contains(campaign.status())) {
			this.chunkRepository.release(tenant, id, number);
			return Route.STOP;
		}
		Optional<ChunkRepository.Chunk> chunk = this.chunkRepository.claim(tenant, id, number);
		chunk.ifPresent((taken) -> this.context.bind(ChunkState.of(tenant, campaign, taken)));
		return chunk.isPresent() ? Route.CONTINUE : Route.STOP;
	}

	/**
	 * Loads the reviewed content for the claimed chunk.
	 * @param id id of the campaign
	 * @param number number of the chunk
	 */
	public void loadContents(CampaignId id, int number) {
		ChunkState chunk = this.context.require(id, number);
		this.context.bind(chunk.with(this.chunkProcessor.contents(chunk)));
	}

	/**
	 * Decides about each recipient of the claimed chunk.
	 * @param id id of the campaign
	 * @param number number of the chunk
	 */
	public void decide(CampaignId id, int number) {
		this.context.bind(this.chunkProcessor.decide(this.context.require(id, number)));
	}

	/**
	 * Queues the sends of the claimed chunk and completes it.
	 * @param id id of the campaign
	 * @param number number of the chunk
	 */
	public void queue(CampaignId id, int number) {
		this.chunkProcessor.queue(this.context.require(id, number));
	}

	/** The chunks of a paused campaign stay planned until it is resumed. */
	private List<Integer> start(TenantId tenant, CampaignId id) {
		CampaignStatus status = this.campaigns.require(tenant, id).status();
		return CampaignStatus.RUNNING.contains(status) ? this.chunkRepository.start(tenant, id) : List.of();
	}

}
