package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.archetype.ArchetypeCell;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.plan.ArchetypeMessages;
import io.waypost.agent.plan.ContentCacheKeys;
import io.waypost.agent.plan.ContentFactsLookup;
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

	/** No table may keep the agents going round for ever. */
	private static final int MOST_ATTEMPTS = 5;

	private final Planner planner;

	private final Executor executor;

	private final Evaluator evaluator;

	private final Guardrail guardrail;

	private final ContentBriefValidator check;

	private final ReviewDecisions reviews;

	private final ContentCacheKeys keys;

	private final Ledger ledger;

	private final Clock clock;

	CampaignContentWriter(Planner planner, Executor executor, Evaluator evaluator, Guardrail guardrail,
			ContentBriefValidator check, ContentFactsLookup facts, ReviewDecisions reviews, Ledger ledger,
			Clock clock) {
		this.planner = planner;
		this.executor = executor;
		this.evaluator = evaluator;
		this.guardrail = guardrail;
		this.check = check;
		this.reviews = reviews;
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
	 * @throws AgentFailed when a text cannot be filled within its bounds
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
		Batch planned = this.planner.plan(new Batch(tenant, messages, Recipients.NONE));
		List<ArchetypeContent> contents = contents(inspected(worded(planned)));
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
		Message decided = this.reviews.apply(ArchetypeMessages.resume(brief, content), review, this.clock.instant());
		Batch batch = new Batch(tenant, List.of(decided), Recipients.NONE);
		Batch settled = switch (review.decision()) {
			case APPROVED, REJECTED -> batch;
			case CHANGED -> inspected(batch);
			case EXPIRED -> inspectedFallback(batch);
		};
		return contents(settled).getFirst();
	}

	/** Writes until the words are good enough, or often enough. */
	private Batch worded(Batch planned) {
		Batch batch = planned.mapRoute(Route.CONTINUE, this::attempt);
		for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
			batch = batch.mapRoute(Route.REGENERATE, this::attempt);
		}
		return batch.mapRoute(Route.REGENERATE, this.executor::writeFallback)
			.mapRoute(Route.FALLBACK, this.executor::writeFallback);
	}

	private Batch attempt(Batch batch) {
		return this.evaluator.evaluate(this.executor.write(batch));
	}

	/** Words that are refused are replaced by safe ones once. */
	private Batch inspected(Batch batch) {
		return inspectedFallback(this.guardrail.inspect(batch));
	}

	private Batch inspectedFallback(Batch batch) {
		return batch.mapRoute(Route.FALLBACK, (refused) -> this.guardrail.inspect(this.executor.writeFallback(refused)))
			.mapRoute(Route.FALLBACK, (refused) -> refused
				.map((message) -> message.routed(Route.STOP, Objects.requireNonNullElse(message.reason(), "unsafe"))));
	}

	private List<ArchetypeContent> contents(Batch batch) {
		Map<Message, String> keys = this.keys.of(batch);
		return batch.messages()
			.stream()
			.map((message) -> ArchetypeMessages.content(message, Objects.requireNonNull(keys.get(message))))
			.toList();
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
