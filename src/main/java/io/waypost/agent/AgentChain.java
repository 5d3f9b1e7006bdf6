package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.waypost.agent.review.Review;
import io.waypost.agent.review.ReviewDecisions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Takes messages from plan to inspected content without an engine: plan, write, evaluate,
 * inspect, with the same routes and bounds as the process {@code personalised-message}.
 * The agents choose the routes by their decision tables; this class follows them.
 */
@Component
public class AgentChain {

	/** Reason of a message without any content after failures. */
	static final String AGENT_FAILED = "agent_failed";

	/** Maximum number of attempts at content, whatever the tables answer. */
	private static final int MAX_ATTEMPTS = 5;

	private static final Logger log = LoggerFactory.getLogger(AgentChain.class);

	private final Agents agents;

	@Autowired
	public AgentChain(Planner planner, Executor executor, Evaluator evaluator, Guardrail guardrail,
			ReviewDecisions reviews, Clock clock) {
		this(new ProductAgents(planner, executor, evaluator, guardrail, reviews, clock));
	}

	AgentChain(Agents agents) {
		this.agents = agents;
	}

	/**
	 * The steps of the chain. Each takes a batch and returns the same messages, routed.
	 */
	interface Agents {

		Batch plan(Batch batch);

		Batch write(Batch batch);

		Batch evaluate(Batch batch);

		Batch writeFallback(Batch batch);

		Batch inspect(Batch batch);

		Batch apply(Batch batch, Review review);

	}

	/**
	 * Plans, writes, evaluates and inspects. Content that is not relevant is written
	 * again, refused content is replaced by fallback content, both until it passes or was
	 * written five times. A planner, executor or evaluator that fails leads to fallback
	 * content; when fallback content or its inspection fails, the message stops.
	 * @param open messages with permission to be sent
	 * @return the same messages on route CONTINUE, REVIEW or STOP
	 */
	public Batch run(Batch open) {
		Batch planned = attempt(open, this.agents::plan, AgentChain::toFallback);
		Batch written = planned.mapRoute(on(Route.CONTINUE), this::written);
		return inspected(written.mapRoute(AgentChain::needsFallback, this::fallback));
	}

	/**
	 * Applies a reviewer's decision: approved content continues, changed content is
	 * inspected again, rejected content stops. After an expired review the decision table
	 * fallback decides whether fallback content replaces it.
	 * @param flagged messages in review
	 * @param review the review
	 * @return the same messages on route CONTINUE, REVIEW or STOP
	 */
	public Batch review(Batch flagged, Review review) {
		Batch decided = attempt(flagged, (batch) -> this.agents.apply(batch, review), AgentChain::failed);
		return switch (review.decision()) {
			case APPROVED -> decided.map((message) -> stoppedUnless(Route.CONTINUE, message));
			case REJECTED -> decided.map(AgentChain::stopped);
			case CHANGED -> inspected(decided);
			case EXPIRED ->
				decided.mapRoute((message) -> !mayFallBack(message), (batch) -> batch.map(AgentChain::stopped))
					.mapRoute(AgentChain::mayFallBack, (batch) -> inspected(fallback(batch)));
		};
	}

	/** Writes until the content is relevant or the maximum of attempts is reached. */
	private Batch written(Batch planned) {
		Batch batch = attempted(planned);
		while (batch.messages().stream().anyMatch(AgentChain::mayRegenerate)) {
			batch = batch.mapRoute(AgentChain::mayRegenerate, this::attempted);
		}
		return batch;
	}

	private Batch attempted(Batch batch) {
		return attempt(attempt(batch, this.agents::write, AgentChain::toFallback), this.agents::evaluate,
				AgentChain::toFallback);
	}

	private Batch fallback(Batch batch) {
		return attempt(batch, this.agents::writeFallback, AgentChain::failed);
	}

	/**
	 * Inspects, and replaces refused content until it passes or the maximum of attempts
	 * is reached.
	 */
	private Batch inspected(Batch written) {
		Batch batch = attempt(written, this.agents::inspect, AgentChain::failed);
		while (batch.messages().stream().anyMatch(AgentChain::mayFallBack)) {
			batch = batch.mapRoute(AgentChain::mayFallBack,
					(refused) -> attempt(fallback(refused), this.agents::inspect, AgentChain::failed));
		}
		return batch
			.map((message) -> (message.route() == Route.REVIEW) ? message : stoppedUnless(Route.CONTINUE, message));
	}

	/**
	 * Runs an agent on the active messages. When it fails for a batch, it runs on each
	 * message separately, so that the failure of one does not affect the others.
	 */
	private static Batch attempt(Batch batch, UnaryOperator<Batch> agent, UnaryOperator<Message> onFailure) {
		return batch.mapRoute(Message::isActive, (active) -> {
			try {
				return agent.apply(active);
			}
			catch (AgentFailedException ex) {
				if (active.messages().size() == 1) {
					log.warn("Agent {} failed on message {}: {}", ex.agent(), active.single().target().id(),
							ex.getMessage());
					return active.map(onFailure);
				}
				return active.map((message) -> attempt(active.only(message), agent, onFailure).single());
			}
		});
	}

	private static Predicate<Message> on(Route route) {
		return (message) -> message.route() == route;
	}

	private static boolean mayRegenerate(Message message) {
		return message.route() == Route.REGENERATE && message.attempt() < MAX_ATTEMPTS;
	}

	private static boolean mayFallBack(Message message) {
		return message.route() == Route.FALLBACK && message.attempt() < MAX_ATTEMPTS;
	}

	private static boolean needsFallback(Message message) {
		return message.isActive() && message.route() != Route.CONTINUE && message.route() != Route.REVIEW;
	}

	private static Message toFallback(Message message) {
		return message.routed(Route.FALLBACK, message.reason());
	}

	private static Message failed(Message message) {
		return message.routed(Route.STOP, AGENT_FAILED);
	}

	private static Message stopped(Message message) {
		return message.routed(Route.STOP, message.reason());
	}

	private static Message stoppedUnless(Route route, Message message) {
		return (message.route() == route) ? message : stopped(message);
	}

	/** The agents of the product. */
	private record ProductAgents(Planner planner, Executor executor, Evaluator evaluator, Guardrail guardrail,
			ReviewDecisions reviews, Clock clock) implements Agents {

		@Override
		public Batch plan(Batch batch) {
			return this.planner.plan(batch);
		}

		@Override
		public Batch write(Batch batch) {
			return this.executor.write(batch);
		}

		@Override
		public Batch evaluate(Batch batch) {
			return this.evaluator.evaluate(batch);
		}

		@Override
		public Batch writeFallback(Batch batch) {
			return this.executor.writeFallback(batch);
		}

		@Override
		public Batch inspect(Batch batch) {
			return this.guardrail.inspect(batch);
		}

		@Override
		public Batch apply(Batch batch, Review review) {
			Instant now = this.clock.instant();
			return batch.map((message) -> this.reviews.apply(batch.tenant(), message, review, now));
		}

	}

}
