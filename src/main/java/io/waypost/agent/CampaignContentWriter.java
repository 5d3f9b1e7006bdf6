package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.llm.copy.GeneratedCopies;
import io.waypost.agent.plan.ArchetypeMessages;
import io.waypost.agent.plan.ContentCacheKeys;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.DraftRequests;
import io.waypost.agent.review.Review;
import io.waypost.agent.write.ContentBriefValidator;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.content.fact.Offer;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Generates the content of a campaign per archetype and variant, with the same agents and
 * decision tables as messages of journeys.
 */
@Component
public class CampaignContentWriter {

	private static final Logger log = LoggerFactory.getLogger(CampaignContentWriter.class);

	private final AgentChain chain;

	private final Executor executor;

	private final ContentBriefValidator check;

	private final ContentCacheKeys keys;

	private final Planner planner;

	private final ContentFactsLookup facts;

	private final DraftRequests requests;

	private final GeneratedCopies copies;

	private final Ledger ledger;

	private final Clock clock;

	CampaignContentWriter(AgentChain chain, Executor executor, ContentBriefValidator check, ContentFactsLookup facts,
			Planner planner, DraftRequests requests, GeneratedCopies copies, Ledger ledger, Clock clock) {
		this.chain = chain;
		this.executor = executor;
		this.check = check;
		this.keys = new ContentCacheKeys(facts);
		this.planner = planner;
		this.facts = facts;
		this.requests = requests;
		this.copies = copies;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * A campaign whose copy is finished.
	 *
	 * @param tenant the tenant
	 * @param campaign id of the campaign
	 */
	public record FinishedCopy(TenantId tenant, CampaignId campaign) {

	}

	/**
	 * Describes an offer as messages announce it.
	 * @param offer the offer
	 * @param locale language and region
	 * @return for example {@code 20% off seeds until Sunday 6 December}
	 */
	public static String describe(Offer offer, Locale locale) {
		return RuleBasedWriter.offerText(offer, locale);
	}

	/**
	 * Validates a content brief.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @return a message per problem with the text and the way out; empty when it is valid
	 */
	public List<String> problems(TenantId tenant, ContentBrief brief) {
		return this.check.problems(tenant, brief);
	}

	/**
	 * Whether language models may write for a tenant.
	 * @param tenant the tenant
	 * @return true when a provider is configured
	 */
	public boolean usesModels(TenantId tenant) {
		return this.copies.isConfigured(tenant);
	}

	/**
	 * Requests copy from language models for the plan of each archetype.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @param archetypes the archetypes
	 * @return number of copies to wait for
	 */
	public int requestCopy(TenantId tenant, ContentBrief brief, List<Archetype> archetypes) {
		List<Message> messages = archetypes.stream()
			.map((archetype) -> ArchetypeMessages.create(brief, archetype, brief.variants().getFirst()))
			.toList();
		List<Message> planned = this.planner.plan(new Batch(tenant, messages, Recipients.NONE)).active();
		ContentFactsLookup.BatchFacts found = this.facts.find(tenant, planned);
		Map<Message, DraftRequest> requests = new LinkedHashMap<>();
		for (Message message : planned) {
			try {
				requests.put(message, this.requests.create(message, found));
			}
			catch (AgentFailedException ex) {
				log.info("No copy is requested for archetype {}: {}", message.target().id(), ex.getMessage());
			}
		}
		return this.copies.request(tenant, brief.campaign(), requests);
	}

	/**
	 * A campaign no longer waits for copy.
	 * @param tenant the tenant
	 * @param campaign id of the campaign
	 */
	public void releaseCopy(TenantId tenant, CampaignId campaign) {
		this.copies.release(tenant, campaign);
	}

	/**
	 * Returns campaigns that wait for copy and whose copy is finished.
	 * @param limit maximum number
	 * @return the campaigns of all tenants
	 */
	public List<FinishedCopy> withFinishedCopy(int limit) {
		return this.copies.finished(limit);
	}

	/**
	 * Writes, scores and inspects content for each archetype and variant. The same brief,
	 * archetypes and facts give the same content with the same ids.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @param archetypes the archetypes
	 * @return content for each archetype and variant, in that order
	 * @throws IllegalArgumentException when the brief has {@link #problems}
	 * @throws AgentFailedException when not even fallback content can be written
	 */
	public List<ArchetypeContent> write(TenantId tenant, ContentBrief brief, List<Archetype> archetypes) {
		List<String> problems = problems(tenant, brief);
		if (!problems.isEmpty()) {
			throw new IllegalArgumentException(String.join("; ", problems));
		}
		List<Message> messages = new ArrayList<>();
		for (Archetype archetype : archetypes) {
			for (ContentVariant variant : brief.variants()) {
				messages.add(ArchetypeMessages.create(brief, archetype, variant));
			}
		}
		List<ArchetypeContent> contents = contents(this.chain.run(new Batch(tenant, messages, Recipients.NONE)));
		record(tenant, brief, contents);
		return contents;
	}

	/**
	 * Applies a review: approved content may be sent, changed content is inspected again,
	 * rejected content is stopped; after an expired review the decision table decides.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @param content the flagged content
	 * @param review the review
	 * @return the resulting content with an id of its own
	 */
	public ArchetypeContent review(TenantId tenant, ContentBrief brief, ArchetypeContent content, Review review) {
		Batch flagged = new Batch(tenant, List.of(ArchetypeMessages.resume(brief, content)), Recipients.NONE);
		return contents(this.chain.review(flagged, review)).getFirst();
	}

	private List<ArchetypeContent> contents(Batch finished) {
		Batch batch = finished.mapRoute((message) -> message.draft() == null, this::stoppedContent);
		Map<Message, String> keys = this.keys.of(batch);
		return batch.messages()
			.stream()
			.map((message) -> ArchetypeMessages.content(message, Objects.requireNonNull(keys.get(message))))
			.toList();
	}

	/**
	 * Writes fallback content for messages that stopped before any was written, so that
	 * users can see it; the route prevents sending it.
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
		log.info("Campaign {} has {} contents, {} flagged for review", brief.campaign(), contents.size(), flagged);
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
