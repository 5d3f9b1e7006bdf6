package io.waypost.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.waypost.agent.Route;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * The chunks of campaigns: cut, started, and done each in one transaction. A step of a
 * chunk leaves what it has for the next one of the same transaction.
 */
@Component
public class Chunks {

	private static final Set<CampaignStatus> PREPARED = Set.of(CampaignStatus.PREPARING, CampaignStatus.IN_REVIEW);

	private final Campaigns campaigns;

	private final CampaignRows rows;

	private final ChunkRows chunks;

	private final CampaignTurns turns;

	private final ChunkWork work;

	private final ChunksInHand inHand;

	private final CampaignSettings settings;

	private final Clock clock;

	Chunks(Campaigns campaigns, CampaignRows rows, ChunkRows chunks, CampaignTurns turns, ChunkWork work,
			ChunksInHand inHand, CampaignSettings settings, Clock clock) {
		this.campaigns = campaigns;
		this.rows = rows;
		this.chunks = chunks;
		this.turns = turns;
		this.work = work;
		this.inHand = inHand;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Chunks to be started together.
	 *
	 * @param chunks their numbers; none while the campaign is paused
	 * @param until of a test: when its reactions are in
	 */
	public record Round(List<Integer> chunks, Instant until) {

		public Round {
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
	public Round test(TenantId tenant, CampaignId id) {
		Campaign campaign = this.campaigns.require(tenant, id);
		TestPlan test = Optional.ofNullable(campaign.brief().test()).orElseThrow();
		int people = (int) Math.ceil(campaign.size() * test.percent() / 100);
		this.rows.move(tenant, id, PREPARED, CampaignStatus.TESTING, null);
		this.chunks.cut(tenant, id, ChunkRows.Phase.TEST, people, this.settings.chunkSize());
		return new Round(start(tenant, id), this.clock.instant().plus(test.duration()));
	}

	/**
	 * Cuts everybody who is left, and those whose later window has opened.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what to start
	 */
	public Round rollOut(TenantId tenant, CampaignId id) {
		Instant now = this.clock.instant();
		this.rows.rollOut(tenant, id);
		this.chunks.cut(tenant, id, ChunkRows.Phase.ROLLOUT, this.campaigns.require(tenant, id).size(),
				this.settings.chunkSize());
		this.chunks.cutDue(tenant, id, now, this.settings.chunkSize());
		return new Round(start(tenant, id), now);
	}

	/**
	 * Takes the chunks that a pause has stopped.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what to start
	 */
	public Round waiting(TenantId tenant, CampaignId id) {
		return new Round(start(tenant, id), this.clock.instant());
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
	public Route take(TenantId tenant, CampaignId id, int number) {
		this.turns.take(tenant, id);
		Campaign campaign = this.campaigns.require(tenant, id);
		if (!CampaignStatus.UNDER_WAY.contains(campaign.status())) {
			this.chunks.putBack(tenant, id, number);
			return Route.STOP;
		}
		Optional<ChunkRows.Chunk> chunk = this.chunks.take(tenant, id, number);
		chunk.ifPresent((taken) -> this.inHand.keep(ChunkInHand.of(tenant, campaign, taken)));
		return chunk.isPresent() ? Route.CONTINUE : Route.STOP;
	}

	/**
	 * Takes the words that may be sent, and no others, for the chunk in hand.
	 * @param id which campaign
	 * @param number which chunk
	 */
	public void takeWords(CampaignId id, int number) {
		ChunkInHand chunk = this.inHand.require(id, number);
		this.inHand.keep(chunk.with(this.work.words(chunk)));
	}

	/**
	 * Decides for each person of the chunk in hand.
	 * @param id which campaign
	 * @param number which chunk
	 */
	public void decide(CampaignId id, int number) {
		this.inHand.keep(this.work.decide(this.inHand.require(id, number)));
	}

	/**
	 * Queues the sends of the chunk in hand; with that it is done.
	 * @param id which campaign
	 * @param number which chunk
	 */
	public void queue(CampaignId id, int number) {
		this.work.queue(this.inHand.require(id, number));
	}

	/** What is stopped by a pause stays planned until it is resumed. */
	private List<Integer> start(TenantId tenant, CampaignId id) {
		CampaignStatus status = this.campaigns.require(tenant, id).status();
		return CampaignStatus.UNDER_WAY.contains(status) ? this.chunks.start(tenant, id) : List.of();
	}

}
