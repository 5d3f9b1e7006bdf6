package io.waypost.agent;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.waypost.agent.plan.ContentPlan;
import io.waypost.agent.review.ReviewTerms;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import org.jspecify.annotations.Nullable;

/**
 * A message in the agent chain. Agents process a batch of messages and return the same
 * messages with more data. Immutable; every change creates a copy.
 *
 * @param target what the message is for: a send or an archetype
 * @param trigger event and rules that triggered the message
 * @param properties properties for the content of the message
 * @param route next step of the message
 * @param reason short code for the route, null in the normal case
 * @param attempt number of attempts at content, 0 before the first
 * @param deferUntil start of the next send window, only on route DEFER
 * @param plan the content plan, null before the planner
 * @param variant name of the content variant, null before the executor
 * @param draft the draft, null before the executor
 * @param explanation sections for the send's explanation, by name
 */
public record Message(MessageTarget target, Map<String, Object> trigger, Map<String, Object> properties, Route route,
		@Nullable String reason, int attempt, @Nullable Instant deferUntil, @Nullable ContentPlan plan,
		@Nullable String variant, @Nullable EmailDraft draft, Map<String, Object> explanation) {

	public Message {
		explanation = Map.copyOf(explanation);
	}

	/**
	 * Returns the send.
	 * @return the send
	 * @throws IllegalStateException when the message is for an archetype
	 */
	public Send send() {
		return switch (this.target) {
			case MessageTarget.ForRecipient(Send send) -> send;
			case MessageTarget.ForArchetype shared -> throw new IllegalStateException(
					"Content for archetype %s is not a send".formatted(shared.archetype().key()));
		};
	}

	/**
	 * Sets the route.
	 * @param newRoute the route
	 * @param code short code, null in the normal case
	 * @return the copy
	 */
	public Message routed(Route newRoute, @Nullable String code) {
		return new Message(this.target, this.trigger, this.properties, newRoute, code, this.attempt, this.deferUntil,
				this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Defers the message to the next send window.
	 * @param until start of the window
	 * @param code short code
	 * @return the copy
	 */
	public Message deferred(Instant until, String code) {
		return new Message(this.target, this.trigger, this.properties, Route.DEFER, code, this.attempt, until,
				this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Adds the content plan.
	 * @param contentPlan the plan
	 * @return the copy
	 */
	public Message planned(ContentPlan contentPlan) {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt,
				this.deferUntil, contentPlan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Adds a draft and counts the attempt.
	 * @param variantName name of the variant
	 * @param content the draft
	 * @return the copy
	 */
	public Message written(String variantName, EmailDraft content) {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt + 1,
				this.deferUntil, this.plan, variantName, content, this.explanation);
	}

	/**
	 * Counts an attempt without a draft.
	 * @return the copy
	 */
	public Message attempted() {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt + 1,
				this.deferUntil, this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Replaces the draft without counting an attempt, for a reviewer's change or
	 * redaction.
	 * @param content the draft
	 * @return the copy
	 */
	public Message withDraft(EmailDraft content) {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt,
				this.deferUntil, this.plan, this.variant, content, this.explanation);
	}

	/**
	 * Adds or replaces a section of the explanation.
	 * @param section its name in the API
	 * @param value records, maps, lists, strings or numbers, which can be written as JSON
	 * @return the copy
	 */
	public Message explained(String section, Object value) {
		Map<String, Object> sections = new TreeMap<>(this.explanation);
		sections.put(section, value);
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt,
				this.deferUntil, this.plan, this.variant, this.draft, sections);
	}

	/** Returns the message after its send was stored with another status. */
	Message withStatus(SendStatus status) {
		Send send = send();
		Send saved = new Send(send.id(), send.profile(), send.run(), send.journey(), send.step(), send.template(),
				send.topic(), status, this.reason, this.variant, this.deferUntil, send.createdAt(), send.acceptedAt());
		return new Message(new MessageTarget.ForRecipient(saved), this.trigger, this.properties, this.route,
				this.reason, this.attempt, this.deferUntil, this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Whether the message is neither stopped nor deferred.
	 * @return true when agents should process it
	 */
	public boolean isActive() {
		return this.route != Route.STOP && this.route != Route.DEFER;
	}

	/**
	 * Returns how often the message was deferred.
	 * @return the number, also right after a wait state
	 */
	public int deferrals() {
		return (this.explanation.get("throttling") instanceof Map<?, ?> throttling
				&& throttling.get("deferrals") instanceof Number count) ? count.intValue() : 0;
	}

	/**
	 * Returns the time limits of the review.
	 * @return the time limits, empty when no review is needed
	 */
	public Optional<ReviewTerms> reviewTerms() {
		return ReviewTerms.of(this.explanation);
	}

}
