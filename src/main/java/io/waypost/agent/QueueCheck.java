package io.waypost.agent;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.delivery.NotClearedException;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Checks messages of journeys where they are queued, whatever steps their model has. The
 * content and the permission are checked by {@code JourneySends}; here follow the topic,
 * for which the permission was decided, and the frequency caps.
 */
@Component
class QueueCheck {

	private final TemplateRepository templates;

	QueueCheck(TemplateRepository templates) {
		this.templates = templates;
	}

	/**
	 * Requires that the messages may be queued.
	 * @throws NotClearedException if one of them must not
	 */
	void require(Batch batch) {
		for (Message message : batch.active()) {
			topicProblem(batch.tenant(), message).or(() -> windowProblem(message)).ifPresent((problem) -> {
				throw new NotClearedException("Send %s must not be queued: %s".formatted(message.send().id(), problem));
			});
		}
	}

	/** Consent for one topic must not carry messages of another. */
	private Optional<String> topicProblem(TenantId tenant, Message message) {
		String topic = message.send().topic();
		Function<Template, Optional<String>> compare = (template) -> template.topic().equals(topic) ? Optional.empty()
				: Optional.of("its template '%s' has the topic '%s', but the permission is for '%s'"
					.formatted(template.key(), template.topic(), topic));
		return this.templates.find(tenant, message.target().template(), TemplateRepository.DEFAULT_LANGUAGE)
			.flatMap(compare);
	}

	private static Optional<String> windowProblem(Message message) {
		return (message.explanation().get("throttling") instanceof Map<?, ?> throttling
				&& "SEND".equals(throttling.get("decision"))) ? Optional.empty()
						: Optional.of("quiet hours and frequency caps were not checked or do not allow it. "
								+ "Route the message through the step Check send window");
	}

}
