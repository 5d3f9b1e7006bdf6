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
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * The chunks of campaigns: cut, started, and done each in one transaction. A step of a
 * chunk leaves what it has for the next one of the same transaction.
 */
@Component
public class CampaignChunks {

	private static final Set<CampaignStatus> PREPARED = Set.of(CampaignStatus.PREPARING, CampaignStatus.IN_REVIEW);

	private final Campaigns campaigns;

	private final CampaignRepository rows;

	private final ChunkRepository chunks;

	private final CampaignFrequencyCapLock capLock;

	private final ChunkProcessor work;

	private final ChunkContext context;

	private final CampaignSettings settings;

	private final Clock clock;

	CampaignChunks(Campaigns campaigns, CampaignRepository rows, ChunkRepository chunks, CampaignFrequencyCapLock turns,
			ChunkProcessor work, ChunkContext inHand, CampaignSettings settings, Clock clock) {
		this.campaigns = campaigns;
		this.rows = rows;
		this.chunks = chunks;
		this.capLock = turns;
		this.work = work;
		this.context = inHand;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Chunks to be started together.
	 *
	 * @param chunks their numbers; none while the campaign is paused
	 * @param until of a test: when its reactions are in
	 */
	public record StartedChunks(List<Integer> chunks, Instant until) {

		public StartedChunks {
			chunks = List.copyOf(chunks);
		}

	}

	/**
	 * Cuts the part of the audience that is tested: those who were drawn for it when the
	 * audience was frozen, and who come first.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what to start
	 */
	public StartedChunks startTest(TenantId tenant, CampaignId id) {
		Campaign campaign = this.campaigns.require(tenant, id);
		ExperimentPlan test = Optional.ofNullable(campaign.brief().test()).orElseThrow();
		int people = (int) Math.ceil(campaign.size() * test.percent() / 100);
		this.rows.move(tenant, id, PREPARED, CampaignStatus.TESTING, null);
		this.chunks.createChunks(tenant, id, ChunkRepository.ChunkPhase.TEST, people, this.settings.chunkSize());
		return new StartedChunks(start(tenant, id), this.clock.instant().plus(test.duration()));
	}

	/**
	 * Cuts everybody who is left, and those whose later window has opened.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what to start
	 */
	public StartedChunks startRollout(TenantId tenant, CampaignId id) {
		Instant now = this.clock.instant();
		this.rows.rollOut(tenant, id);
		this.chunks.createChunks(tenant, id, ChunkRepository.ChunkPhase.ROLLOUT,
				this.campaigns.require(tenant, id).size(), this.settings.chunkSize());
		this.chunks.createDeferredChunks(tenant, id, now, this.settings.chunkSize());
		return new StartedChunks(start(tenant, id), now);
	}

	/**
	 * Takes the chunks that a pause has stopped.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what to start
	 */
	public StartedChunks startWaiting(TenantId tenant, CampaignId id) {
		return new StartedChunks(start(tenant, id), this.clock.instant());
	}

	/**
	 * Tells when somebody who was put off can be written to.
	 * @param tenant whose
	 * @param id which campaign
	 * @return the earliest time; empty when nobody was put off
	 */
	public Optional<Instant> nextWindow(TenantId tenant, CampaignId id) {
		return this.chunks.nextWindow(tenant, id);
	}

	/**
	 * Takes a chunk in hand and keeps others off it until the transaction ends. Where
	 * several campaigns send at once it waits for its turn first.
	 * @param tenant whose
	 * @param id which campaign
	 * @param number which chunk
	 * @return CONTINUE, or STOP when it is done, paused or wanted no more
	 */
	public Route claim(TenantId tenant, CampaignId id, int number) {
		this.capLock.acquire(tenant, id);
		Campaign campaign = this.campaigns.require(tenant, id);
		if (!CampaignStatus.RUNNING.contains(campaign.status())) {
			this.chunks.release(tenant, id, number);
			return Route.STOP;
		}
		Optional<ChunkRepository.Chunk> chunk = this.chunks.claim(tenant, id, number);
		chunk.ifPresent((taken) -> this.context.bind(ChunkState.of(tenant, campaign, taken)));
		return chunk.isPresent() ? Route.CONTINUE : Route.STOP;
	}

	/**
	 * Takes the words that may be sent, and no others, for the chunk in hand.
	 * @param id which campaign
	 * @param number which chunk
	 */
	public void loadContents(CampaignId id, int number) {
		ChunkState chunk = this.context.require(id, number);
		this.context.bind(chunk.with(this.work.contents(chunk)));
	}

	/**
	 * Decides for each person of the chunk in hand.
	 * @param id which campaign
	 * @param number which chunk
	 */
	public void decide(CampaignId id, int number) {
		this.context.bind(this.work.decide(this.context.require(id, number)));
	}

	/**
	 * Queues the sends of the chunk in hand; with that it is done.
	 * @param id which campaign
	 * @param number which chunk
	 */
	public void queue(CampaignId id, int number) {
		this.work.queue(this.context.require(id, number));
	}

	/** What is stopped by a pause stays planned until it is resumed. */
	private List<Integer> start(TenantId tenant, CampaignId id) {
		CampaignStatus status = this.campaigns.require(tenant, id).status();
		return CampaignStatus.RUNNING.contains(status) ? this.chunks.start(tenant, id) : List.of();
	}

}
