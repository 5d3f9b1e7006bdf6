package io.waypost.agent;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.waypost.agent.llm.copy.GeneratedCopies;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.DraftRequests;
import io.waypost.agent.plan.FallbackPlan;
import io.waypost.agent.plan.PlanSection;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.agent.write.WrittenDraft;
import io.waypost.content.Template;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Writes the content of messages. */
@Component
public class Executor {

	private static final Logger log = LoggerFactory.getLogger(Executor.class);

	private static final String AGENT = "executor";

	private final RuleBasedWriter writer;

	private final ContentFactsLookup facts;

	private final DraftRequests requests;

	private final GeneratedCopies generated;

	private final FallbackTable table;

	private final RouteMetrics outcomes;

	private final Clock clock;

	public Executor(RuleBasedWriter writer, ContentFactsLookup facts, DraftRequests requests, GeneratedCopies generated,
			FallbackTable table, RouteMetrics outcomes, Clock clock) {
		this.writer = writer;
		this.facts = facts;
		this.requests = requests;
		this.generated = generated;
		this.table = table;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Writes content from the plan, with copy of a language model where it exists, else
	 * by rules; each call is another attempt with other content. A message whose content
	 * cannot be written is routed by the decision table fallback.
	 * @param batch planned messages
	 * @return the same messages with a draft
	 */
	public Batch write(Batch batch) {
		Batch planned = batch.mapActive((message) -> planned(message, batch.recipients()));
		ContentFactsLookup.BatchFacts found = this.facts.find(batch.tenant(), planned.active());
		return this.outcomes.count("executor",
				planned.mapActive((message) -> write(message, found.template(message), found)));
	}

	private Message write(Message message, Optional<Template> template, ContentFactsLookup.BatchFacts found) {
		DraftRequest request;
		try {
			request = this.requests.create(message, found);
		}
		catch (AgentFailedException ex) {
			log.warn("Content of message {} cannot be written: {}", message.target().id(), ex.getMessage());
			Message attempted = message.attempted();
			return this.table.evaluate(found.tenant(), FallbackTable.FallbackInput.notWritten(attempted))
				.applyFailure(attempted, AGENT, ex.code());
		}
		Optional<GeneratedCopies.ModelDraft> generated = generated(found.tenant(), message, request);
		WrittenDraft content;
		try {
			content = generated.map(GeneratedCopies.ModelDraft::draft).orElseGet(() -> this.writer.write(request));
		}
		catch (RuntimeException | StackOverflowError ex) {
			log.warn("The writer failed on message {}", message.target().id(), ex);
			Message attempted = message.attempted();
			return this.table.evaluate(found.tenant(), FallbackTable.FallbackInput.writerUnavailable(attempted))
				.applyFailure(attempted, AGENT, "writer_failed");
		}
		Message written = written(message, content, generated.isPresent() ? "model" : "rules", template, found);
		return generated.map((model) -> explained(written, model)).orElse(written).routed(Route.CONTINUE, null);
	}

	/**
	 * Writes fallback content, which needs no plan. A plan that was saved with the
	 * message is used as long as the decision table fallback allows its age.
	 * @param batch the messages
	 * @return the same messages with a draft
	 */
	public Batch writeFallback(Batch batch) {
		Batch planned = batch
			.mapActive((message) -> fresh(batch.tenant(), planned(message, batch.recipients()), batch.recipients()));
		ContentFactsLookup.BatchFacts found = this.facts.find(batch.tenant(), planned.active());
		return this.outcomes.count("executor", planned.mapActive((message) -> {
			Optional<Template> template = found.template(message);
			DraftRequest request = this.requests.createFallback(message, found);
			return written(message, this.writer.writeFallback(request), "fallback", template, found)
				.routed(Route.CONTINUE, message.reason());
		}));
	}

	private Message planned(Message message, Recipients recipients) {
		return (PlanSection.of(message) != null) ? message : minimal(message, recipients);
	}

	private Message minimal(Message message, Recipients recipients) {
		return FallbackPlan.of(message, recipients.profile(message).orElse(null), this.writer.languages())
			.addTo(message);
	}

	/** Replaces a plan whose features became too old while the message waited. */
	private Message fresh(TenantId tenant, Message message, Recipients recipients) {
		PlanSection plan = Objects.requireNonNull(PlanSection.of(message), "every message has a plan at this point");
		Double age = plan.featureAgeHours(this.clock.instant());
		if (age == null) {
			return message;
		}
		FallbackTable.FallbackResult decision = this.table.evaluate(tenant,
				FallbackTable.FallbackInput.planned(message, age));
		return (decision.route() == Route.CONTINUE) ? message : ExplanationSections.with(minimal(message, recipients),
				PlanSection.NAME, "replaced", decision.explained());
	}

	/** A failure of generated copy leaves the message to the rules. */
	private Optional<GeneratedCopies.ModelDraft> generated(TenantId tenant, Message message, DraftRequest request) {
		try {
			return this.generated.write(tenant, message, request);
		}
		catch (RuntimeException | StackOverflowError ex) {
			log.warn("Message {} is written by rules, because its copy cannot be used", message.target().id(), ex);
			return Optional.empty();
		}
	}

	private static Message explained(Message written, GeneratedCopies.ModelDraft model) {
		Map<String, Object> versions = ExplanationSections.read(written, "versions");
		versions.put("prompt", model.promptVersion());
		versions.put("model", model.model());
		return ExplanationSections.with(written, "variant", "model", model.explanation())
			.explained("versions", versions);
	}

	private static Message written(Message message, WrittenDraft written, String kind, Optional<Template> template,
			ContentFactsLookup.BatchFacts found) {
		Map<String, Object> variant = new LinkedHashMap<>();
		variant.put("name", message.target().variant(written.variant()));
		variant.put("draft", written.variant());
		variant.put("writer", kind);
		variant.put("attempt", message.attempt() + 1);
		variant.put("why", switch (kind) {
			case "fallback" -> "the first eligible fragments: fallback content";
			case "model" -> "copy of a language model, chosen by a hash of %s".formatted(message.target().seedSource());
			default -> "the best of %s by offline score, chosen by a hash of %s".formatted(
					(written.candidates() == 1) ? "one draft" : written.candidates() + " drafts",
					message.target().seedSource());
		});
		variant.put("fragments", written.fragments());
		variant.put("facts", written.facts());
		Map<String, Object> versions = ExplanationSections.read(message, "versions");
		versions.put("writer", RuleBasedWriter.VERSION);
		versions.put("brand", found.brand().version());
		template.ifPresent((used) -> versions.put("template", Planner.templateEntry(used)));
		return message.written(message.target().variant(written.variant()), written.draft())
			.explained("variant", variant)
			.explained("versions", versions);
	}

}
