package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.archetype.ArchetypeCell;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.plan.ArchetypeMessages;
import io.waypost.agent.plan.ContentCacheKeys;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.review.Review;
import io.waypost.agent.write.ContentBriefValidator;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Writes the words of a campaign, once for each archetype and variant, by the same agents
 * and tables as a journey's message.
 */
@Component
public class CampaignContentWriter {

	private static final Logger log = LoggerFactory.getLogger(CampaignContentWriter.class);

	private final AgentChain chain;

	private final Executor executor;

	private final ContentBriefValidator check;

	private final ContentCacheKeys keys;

	private final Ledger ledger;

	private final Clock clock;

	CampaignContentWriter(AgentChain chain, Executor executor, ContentBriefValidator check, ContentFactsLookup facts,
			Ledger ledger, Clock clock) {
		this.chain = chain;
		this.executor = executor;
		this.check = check;
		this.keys = new ContentCacheKeys(facts);
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Says what is wrong with a brief before anything is made of it.
	 * @param tenant whose
	 * @param brief what is wanted
	 * @return one sentence for each problem, naming the text and the way out; empty when
	 * there is none
	 */
	public List<String> problems(TenantId tenant, ContentBrief brief) {
		return this.check.problems(tenant, brief);
	}

	/**
	 * Writes, scores and inspects words for each cell and variant. The same brief, cells
	 * and facts give the same words under the same ids.
	 * @param tenant whose
	 * @param brief what is wanted
	 * @param cells whom it is for
	 * @return a content for each cell and variant, in that order
	 * @throws IllegalArgumentException when the brief has {@link #problems}
	 * @throws AgentFailed when not even fallback content can be written
	 */
	public List<ArchetypeContent> write(TenantId tenant, ContentBrief brief, List<ArchetypeCell> cells) {
		List<String> problems = problems(tenant, brief);
		if (!problems.isEmpty()) {
			throw new IllegalArgumentException(String.join("; ", problems));
		}
		List<Message> messages = new ArrayList<>();
		for (ArchetypeCell cell : cells) {
			for (ContentVariant variant : brief.variants()) {
				messages.add(ArchetypeMessages.create(brief, cell, variant));
			}
		}
		List<ArchetypeContent> contents = contents(this.chain.run(new Batch(tenant, messages, Recipients.NONE)));
		record(tenant, brief, contents);
		return contents;
	}

	/**
	 * Applies what a reviewer decided about flagged words: approved words go on, changed
	 * ones are inspected again, rejected ones stop, and the tables say what becomes of
	 * those nobody looked at.
	 * @param tenant whose
	 * @param brief the brief they were written for
	 * @param content the flagged words
	 * @param review what was decided
	 * @return the words in force, under an id of their own
	 */
	public ArchetypeContent review(TenantId tenant, ContentBrief brief, ArchetypeContent content, Review review) {
		Batch flagged = new Batch(tenant, List.of(ArchetypeMessages.resume(brief, content)), Recipients.NONE);
		return contents(this.chain.review(flagged, review)).getFirst();
	}

	private List<ArchetypeContent> contents(Batch settled) {
		Batch batch = settled.mapRoute((message) -> message.draft() == null, this::stoppedContent);
		Map<Message, String> keys = this.keys.of(batch);
		return batch.messages()
			.stream()
			.map((message) -> ArchetypeMessages.content(message, Objects.requireNonNull(keys.get(message))))
			.toList();
	}

	/**
	 * Gives fallback content to messages that stopped before any was written: people can
	 * look at it, and its route keeps it from being sent.
	 */
	private Batch stoppedContent(Batch stopped) {
		Iterator<Message> written = this.executor
			.writeFallback(stopped.map((message) -> message.routed(Route.CONTINUE, message.reason())))
			.messages()
			.iterator();
		return stopped.map((message) -> written.next().routed(message.route(), message.reason()));
	}

	private void record(TenantId tenant, ContentBrief brief, List<ArchetypeContent> contents) {
		Instant now = this.clock.instant();
		long flagged = contents.stream().filter((content) -> content.route() == Route.REVIEW).count();
		log.info("Campaign {} has {} contents, {} of them flagged", brief.campaign(), contents.size(), flagged);
		this.ledger.record(contents.stream()
			.map((content) -> new LedgerEntry(tenant, now, "content.written", "content:" + content.content(),
					"agent:executor", facts(brief, content)))
			.toList());
	}

	private static Map<String, Object> facts(ContentBrief brief, ArchetypeContent content) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("campaign", brief.campaign().toString());
		facts.put("archetype", content.archetype());
		facts.put("variant", content.variant());
		facts.put("route", content.route().name());
		ExplanationSections.putIfKnown(facts, "reason", content.reason());
		ExplanationSections.putIfKnown(facts, "versions", content.explanation().get("versions"));
		return facts;
	}

}
