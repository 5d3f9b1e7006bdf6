package io.waypost.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.waypost.agent.writer.Brief;
import io.waypost.agent.writer.Facts;
import io.waypost.agent.writer.Writer;
import io.waypost.agent.writer.Written;
import io.waypost.content.Template;
import io.waypost.content.TemplateFailed;
import io.waypost.content.TemplateWords;
import io.waypost.content.Templates;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Writes the words of each message. */
@Component
public class Executor {

	private static final Logger log = LoggerFactory.getLogger(Executor.class);

	private final Writer writer;

	private final FactFinder facts;

	private final Templates templates;

	private final RouteCounts outcomes;

	Executor(Writer writer, FactFinder facts, Templates templates, RouteCounts outcomes) {
		this.writer = writer;
		this.facts = facts;
		this.templates = templates;
		this.outcomes = outcomes;
	}

	/**
	 * Writes words from the plan; each call is one more attempt with other words.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 * @throws AgentFailed when a template cannot be filled within its bounds
	 */
	public Batch write(Batch batch) {
		FactFinder.Findings found = this.facts.find(batch.tenant(), batch.inHand());
		return this.outcomes.count("executor", batch.mapInHand((message) -> {
			Optional<Template> template = found.template(message);
			Brief brief = brief(message, found, authored(message, template, found));
			return written(message, this.writer.write(brief), "rules", template, found).routed(Route.CONTINUE, null);
		}));
	}

	/**
	 * Writes the safe rule-based words that need no plan beyond the template.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch writeFallback(Batch batch) {
		Batch planned = withMinimalPlans(batch);
		FactFinder.Findings found = this.facts.find(batch.tenant(), planned.inHand());
		return this.outcomes.count("executor", planned.mapInHand((message) -> {
			Optional<Template> template = found.template(message);
			Brief brief = brief(message, found, authoredOrNull(message, template, found));
			return written(message, this.writer.writeFallback(brief), "fallback", template, found)
				.routed(Route.CONTINUE, message.reason());
		}));
	}

	private Batch withMinimalPlans(Batch batch) {
		return batch.mapInHand((message) -> (PlanSection.of(message) != null) ? message
				: MinimalPlan.of(message, batch.recipients().profile(message).orElse(null), this.writer.languages())
					.addTo(message));
	}

	private Brief brief(Message message, FactFinder.Findings found, @Nullable TemplateWords authored) {
		ContentPlan plan = found.plan(message).plan();
		return new Brief(plan.goal(), plan.stage(), plan.angle(), Locale.forLanguageTag(plan.locale()),
				found.facts(message), message.intent().seed(), message.intent().round(message.attempt()), authored);
	}

	private @Nullable TemplateWords authored(Message message, Optional<Template> template, FactFinder.Findings found) {
		try {
			return template.isPresent() ? fill(template.get(), message, found) : null;
		}
		catch (TemplateFailed failed) {
			throw new AgentFailed("executor", "template_failed", String.valueOf(failed.getMessage()));
		}
	}

	/** Fallback words go without the template where the template is what failed. */
	private @Nullable TemplateWords authoredOrNull(Message message, Optional<Template> template,
			FactFinder.Findings found) {
		try {
			return template.isPresent() ? fill(template.get(), message, found) : null;
		}
		catch (TemplateFailed failed) {
			log.warn("Fallback words of message {} go without their template: {}", message.intent().id(),
					failed.getMessage());
			return null;
		}
	}

	private TemplateWords fill(Template template, Message message, FactFinder.Findings found) {
		Facts facts = found.facts(message);
		Template wanted = (message.intent() instanceof Intent.Shared shared) ? shared.variant().over(template)
				: template;
		return this.templates.fill(wanted, TemplateFacts.slots(found.plan(message).plan(), facts));
	}

	private static Message written(Message message, Written written, String kind, Optional<Template> template,
			FactFinder.Findings found) {
		Map<String, Object> variant = new LinkedHashMap<>();
		variant.put("name", message.intent().variant(written.variant()));
		variant.put("words", written.variant());
		variant.put("writer", kind);
		variant.put("attempt", message.attempt() + 1);
		variant.put("why",
				kind.equals("fallback") ? "the first fragments that fit: safe words"
						: "best of %d drafts by offline score, chosen by a hash of %s".formatted(written.candidates(),
								message.intent().chosenBy()));
		variant.put("fragments", written.fragments());
		Map<String, Object> versions = Sections.read(message, "versions");
		versions.put("writer", Writer.VERSION);
		versions.put("brand", found.brand().version());
		template.ifPresent((used) -> versions.put("template", Planner.version(used)));
		return message.written(message.intent().variant(written.variant()), written.draft())
			.explained("variant", variant)
			.explained("versions", versions);
	}

}
