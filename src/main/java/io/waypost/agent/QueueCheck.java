package io.waypost.agent;

import java.util.List;
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
 * for which the permission was decided, and quiet hours and frequency caps, which hold
 * for the moment of their check only.
 */
@Component
class QueueCheck {

	private final TemplateRepository templates;

	private final SendDecisions decisions;

	QueueCheck(TemplateRepository templates, SendDecisions decisions) {
		this.templates = templates;
		this.decisions = decisions;
	}

	/**
	 * Requires that the messages may be queued.
	 * @throws NotClearedException if one of them must not
	 */
	void require(Batch batch) {
		for (Message message : batch.active()) {
			topicProblem(batch.tenant(), message).or(() -> windowProblem(message))
				.ifPresent((problem) -> refuse(message, problem));
		}
		checkWindowsAgain(batch);
	}

	/**
	 * While a message waited, others may have been queued for its recipient, or the night
	 * may have begun. What this transaction checked is still true: it holds the lock on
	 * the recipients.
	 */
	private void checkWindowsAgain(Batch batch) {
		List<Message> waited = batch.active()
			.stream()
			.filter((message) -> !CheckedWindows.contains(message.send().id()))
			.toList();
		if (waited.isEmpty()) {
			return;
		}
		for (Message message : this.decisions.throttle(new Batch(batch.tenant(), waited, batch.recipients()))
			.messages()) {
			if (message.route() == Route.STOP || message.route() == Route.DEFER) {
				refuse(message,
						"the message waited after Check send window, and now '%s' applies. Route it through the step again"
							.formatted(message.reason()));
			}
		}
	}

	private static void refuse(Message message, String problem) {
		throw new NotClearedException("Send %s must not be queued: %s".formatted(message.send().id(), problem));
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
