package io.waypost.agent.plan;

import java.util.Locale;
import java.util.Optional;

import io.waypost.agent.AgentFailedException;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.learn.FragmentLearning;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.content.Template;
import io.waypost.content.TemplateCopy;
import io.waypost.content.TemplateRenderer;
import io.waypost.content.TemplateRenderingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Creates the input of the writers from planned messages. */
@Component
public class DraftRequests {

	private static final Logger log = LoggerFactory.getLogger(DraftRequests.class);

	private final TemplateRenderer templateRenderer;

	private final FragmentLearning learning;

	DraftRequests(TemplateRenderer templateRenderer, FragmentLearning learning) {
		this.templateRenderer = templateRenderer;
		this.learning = learning;
	}

	/**
	 * Creates the input for a message.
	 * @param message a planned message
	 * @param found the facts of its batch
	 * @return the input
	 * @throws AgentFailedException when its template cannot be rendered
	 */
	public DraftRequest create(Message message, ContentFactsLookup.BatchFacts found) {
		Optional<Template> template = found.template(message);
		try {
			return request(message, found, template.isPresent() ? fill(template.get(), message, found) : null);
		}
		catch (TemplateRenderingException ex) {
			throw new AgentFailedException("executor", "template_failed", String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Creates the input of fallback content: without the template when it cannot be
	 * rendered.
	 * @param message a planned message
	 * @param found the facts of its batch
	 * @return the input
	 */
	public DraftRequest createFallback(Message message, ContentFactsLookup.BatchFacts found) {
		Optional<Template> template = found.template(message);
		try {
			return request(message, found, template.isPresent() ? fill(template.get(), message, found) : null);
		}
		catch (TemplateRenderingException ex) {
			log.warn("Fallback content of message {} does not use its template: {}", message.target().id(),
					ex.getMessage());
			return request(message, found, null);
		}
	}

	private DraftRequest request(Message message, ContentFactsLookup.BatchFacts found,
			@Nullable TemplateCopy authored) {
		ContentPlan plan = found.plan(message).plan();
		return new DraftRequest(plan.goal(), plan.stage(), plan.angle(), Locale.forLanguageTag(plan.locale()),
				found.facts(message), message.target().seed(), message.target().round(message.attempt()), authored,
				found.recentOutlines(message), this.learning.of(found.tenant()));
	}

	private TemplateCopy fill(Template template, Message message, ContentFactsLookup.BatchFacts found) {
		ContentFacts facts = found.facts(message);
		Template applied = (message.target() instanceof MessageTarget.ForArchetype shared)
				? shared.variant().applyTo(template) : template;
		return this.templateRenderer.render(applied, TemplateSlots.slots(found.plan(message).plan(), facts));
	}

}
