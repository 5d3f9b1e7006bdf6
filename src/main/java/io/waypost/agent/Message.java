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
 * The thing in hand: agents take a batch of these and hand the same batch on, richer.
 * Immutable; every change makes a copy.
 *
 * @param intent what it is meant to become
 * @param trigger why it was planned
 * @param properties what the caller wants it to know
 * @param route where it goes next
 * @param reason why it goes there, a short code; null when nothing is unusual
 * @param attempt how many times words were written, 0 before the first
 * @param deferUntil when the next window opens, only on route DEFER
 * @param plan what to say, null before the planner
 * @param variant which variant of the words
 * @param draft the words, null before the executor
 * @param explanation sections for the send's explanation, by name
 */
public record Message(MessageTarget target, Map<String, Object> trigger, Map<String, Object> properties, Route route,
		@Nullable String reason, int attempt, @Nullable Instant deferUntil, @Nullable ContentPlan plan,
		@Nullable String variant, @Nullable EmailDraft draft, Map<String, Object> explanation) {

	public Message {
		explanation = Map.copyOf(explanation);
	}

	/**
	 * The send it will become.
	 * @return the send
	 * @throws IllegalStateException when it is for an archetype and not for one person
	 */
	public Send send() {
		return switch (this.target) {
			case MessageTarget.ForRecipient(Send send) -> send;
			case MessageTarget.ForArchetype shared ->
				throw new IllegalStateException("Words for archetype %s are no send".formatted(shared.cell().key()));
		};
	}

	/**
	 * Sends the message another way.
	 * @param next where to
	 * @param why short code, null when nothing is unusual
	 * @return the copy
	 */
	public Message routed(Route next, @Nullable String why) {
		return new Message(this.target, this.trigger, this.properties, next, why, this.attempt, this.deferUntil,
				this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Routes the message to the next window.
	 * @param until when it opens
	 * @param why short code
	 * @return the copy
	 */
	public Message deferred(Instant until, String why) {
		return new Message(this.target, this.trigger, this.properties, Route.DEFER, why, this.attempt, until, this.plan,
				this.variant, this.draft, this.explanation);
	}

	/**
	 * Adds the plan.
	 * @param contentPlan what to say
	 * @return the copy
	 */
	public Message planned(ContentPlan contentPlan) {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt,
				this.deferUntil, contentPlan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Adds words and counts the attempt.
	 * @param variantName which variant
	 * @param words what it says
	 * @return the copy
	 */
	public Message written(String variantName, EmailDraft words) {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt + 1,
				this.deferUntil, this.plan, variantName, words, this.explanation);
	}

	/**
	 * Counts an attempt that gave no content.
	 * @return the copy
	 */
	public Message attempted() {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt + 1,
				this.deferUntil, this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Replaces the words without counting an attempt: a reviewer's change, a redaction.
	 * @param words what it says now
	 * @return the copy
	 */
	public Message withDraft(EmailDraft words) {
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt,
				this.deferUntil, this.plan, this.variant, words, this.explanation);
	}

	/**
	 * Adds or replaces a section of the explanation.
	 * @param section its name in the API
	 * @param value JSON-able: records, maps, lists, strings, numbers
	 * @return the copy
	 */
	public Message explained(String section, Object value) {
		Map<String, Object> sections = new TreeMap<>(this.explanation);
		sections.put(section, value);
		return new Message(this.target, this.trigger, this.properties, this.route, this.reason, this.attempt,
				this.deferUntil, this.plan, this.variant, this.draft, sections);
	}

	/** The same message after its send was saved in another state. */
	Message withStatus(SendStatus status) {
		Send send = send();
		Send saved = new Send(send.id(), send.profile(), send.run(), send.journey(), send.step(), send.template(),
				send.topic(), status, this.reason, this.variant, this.deferUntil, send.createdAt(), send.acceptedAt());
		return new Message(new MessageTarget.ForRecipient(saved), this.trigger, this.properties, this.route,
				this.reason, this.attempt, this.deferUntil, this.plan, this.variant, this.draft, this.explanation);
	}

	/**
	 * Whether the message is still on its way: neither stopped nor put off.
	 * @return true when agents should work on it
	 */
	public boolean isActive() {
		return this.route != Route.STOP && this.route != Route.DEFER;
	}

	/**
	 * How often the message was put off to a later window so far.
	 * @return a count, also right after a wait state
	 */
	public int deferrals() {
		return (this.explanation.get("throttling") instanceof Map<?, ?> throttling
				&& throttling.get("deferrals") instanceof Number count) ? count.intValue() : 0;
	}

	/**
	 * How long a review may take, once the guardrail asked for one.
	 * @return the terms, or empty when no review is asked for
	 */
	public Optional<ReviewTerms> reviewTerms() {
		return ReviewTerms.of(this.explanation);
	}

}
