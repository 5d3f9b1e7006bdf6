package io.waypost.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.delivery.NotClearedException;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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

	/**
	 * The sends whose quiet hours and frequency caps the current transaction has checked,
	 * with the lock on their recipients that lasts until its end.
	 */
	static final class CheckedWindows {

		private CheckedWindows() {
		}

		/**
		 * Without a transaction nothing is remembered, because the lock has ended too.
		 */
		static void add(Collection<SendId> sends) {
			if (TransactionSynchronizationManager.isSynchronizationActive()) {
				current().addAll(sends);
			}
		}

		static boolean contains(SendId send) {
			return TransactionSynchronizationManager.isSynchronizationActive() && current().contains(send);
		}

		@SuppressWarnings("unchecked")
		private static Set<SendId> current() {
			Set<SendId> known = (Set<SendId>) TransactionSynchronizationManager.getResource(CheckedWindows.class);
			if (known != null) {
				return known;
			}
			Set<SendId> created = new HashSet<>();
			TransactionSynchronizationManager.bindResource(CheckedWindows.class, created);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCompletion(int status) {
					TransactionSynchronizationManager.unbindResourceIfPossible(CheckedWindows.class);
				}
			});
			return created;
		}

	}

}
