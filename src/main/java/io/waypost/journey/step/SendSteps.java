package io.waypost.journey.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.waypost.agent.Batch;
import io.waypost.agent.Message;
import io.waypost.agent.MessageRequest;
import io.waypost.agent.Orchestrator;
import io.waypost.agent.Route;
import io.waypost.agent.review.Review;
import io.waypost.agent.review.ReviewTerms;
import io.waypost.delivery.ContentClearance;
import io.waypost.journey.review.ReviewRepository;
import io.waypost.journey.run.JourneyContext;
import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.journey.run.StartingRuns;
import io.waypost.journey.run.WaitDurations;
import io.waypost.kernel.ProfileId;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/** Steps that save a message before and after the chain of agents. */
@Component
class SendSteps {

	private static final Review EXPIRED = new Review(Review.ReviewDecision.EXPIRED, "system", "expired", null, null);

	private final AgentStepRunner steps;

	private final Orchestrator orchestrator;

	private final JourneyRunRepository runs;

	private final StartingRuns startingRuns;

	private final ReviewRepository reviews;

	private final WaitDurations waits;

	private final Clock clock;

	SendSteps(AgentStepRunner steps, Orchestrator orchestrator, JourneyRunRepository runs, StartingRuns startingRuns,
			ReviewRepository reviews, WaitDurations waits, Clock clock) {
		this.steps = steps;
		this.orchestrator = orchestrator;
		this.runs = runs;
		this.startingRuns = startingRuns;
		this.reviews = reviews;
		this.waits = waits;
		this.clock = clock;
	}

	/** Plans the send; a repetition returns the same send. */
	void open(DelegateExecution execution) {
		JourneyContext context = JourneyContext.from(execution);
		this.steps.storeSaved(context,
				this.steps.attempt(execution, () -> this.orchestrator.open(context.tenant(), request(context))));
	}

	/**
	 * Queues the send. Refuses a send whose last agent did not return CONTINUE, whatever
	 * the model allows. Delivery checks the stored permission, inspection and review.
	 */
	void queue(DelegateExecution execution) {
		this.steps.runSaved(execution, (batch) -> {
			if (batch.single().route() != Route.CONTINUE) {
				throw new IllegalStateException("Send %s must not be queued: the last agent returned %s"
					.formatted(batch.single().send().id(), batch.single().route()));
			}
			return this.orchestrator.submit(batch);
		});
	}

	/**
	 * Ends the send with the reason of the last step, or with the reason of the model.
	 */
	void withhold(DelegateExecution execution) {
		String reason = JourneyContext.from(execution).givenReason().orElse(null);
		this.steps.runSaved(execution, (batch) -> this.orchestrator
			.withhold((reason == null) ? batch : batch.map((message) -> message.routed(Route.STOP, reason))));
	}

	/** Saves the message until its window opens. */
	void defer(DelegateExecution execution) {
		this.steps.runSaved(execution, this.orchestrator::defer);
		JourneyContext context = JourneyContext.from(execution);
		Instant until = Objects.requireNonNull(this.steps.currentBatch(context).single().deferUntil(),
				"A deferred message has a time");
		context.deferred(this.waits.until(until));
	}

	/** Saves the message for a reviewer and sets the deadlines of the review. */
	void flag(DelegateExecution execution) {
		this.steps.runSaved(execution, this.orchestrator::flag);
		JourneyContext context = JourneyContext.from(execution);
		ReviewTerms terms = this.steps.currentBatch(context).single().reviewTerms().orElse(ReviewTerms.DEFAULT);
		Instant now = this.clock.instant();
		context.reviewDue(now.plus(terms.dueIn()), now.plus(terms.expiresIn()));
	}

	/** Applies the reviewer's decision. */
	void applyReview(DelegateExecution execution) {
		this.steps.run(execution, (batch) -> this.orchestrator.apply(batch, review(batch)));
	}

	/** The decision about the content as it is now, not about earlier content. */
	private Review review(Batch batch) {
		Message message = batch.single();
		return Optional.ofNullable(message.draft())
			.flatMap((draft) -> this.reviews.newest(batch.tenant(), message.send().id(),
					ContentClearance.digest(draft, message.explanation())))
			.orElseThrow(() -> new IllegalStateException(
					"The current content of send %s has no review; ".formatted(message.send().id())
							+ "complete a review task after the content was flagged"));
	}

	/** Applies the expiry of the review. */
	void expireReview(DelegateExecution execution) {
		JourneyContext.from(execution).reviewDecision(EXPIRED.decision());
		this.steps.run(execution, (batch) -> this.orchestrator.apply(batch, EXPIRED));
	}

	private List<MessageRequest> request(JourneyContext context) {
		return List.of(this.startingRuns.find(context.run())
			.map((run) -> request(context, run.profile(), run.trigger(), run.properties()))
			.or(() -> this.runs.request(context.tenant(), context.run(), context.step())
				.map((run) -> request(context, run.profile(), run.trigger(), run.properties())))
			.orElseThrow(() -> new IllegalStateException("No journey run " + context.run())));
	}

	private static MessageRequest request(JourneyContext context, ProfileId profile, Map<String, Object> trigger,
			Map<String, Object> properties) {
		return new MessageRequest(profile, context.run(), context.journey(), context.step(), context.template(),
				context.topic(), trigger, properties);
	}

}
