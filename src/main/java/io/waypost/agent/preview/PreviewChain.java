package io.waypost.agent.preview;

import io.waypost.agent.AgentFailed;
import io.waypost.agent.Batch;
import io.waypost.agent.Evaluator;
import io.waypost.agent.Executor;
import io.waypost.agent.Guardrail;
import io.waypost.agent.Planner;
import io.waypost.agent.Route;

/**
 * Agents that take a message from plan to inspection without an engine, the way
 * {@code personalised-message} draws it.
 *
 * @param planner plans
 * @param executor writes
 * @param evaluator scores
 * @param guardrail inspects
 */
record PreviewChain(Planner planner, Executor executor, Evaluator evaluator, Guardrail guardrail) {

	/** Where the model stops asking for other words. */
	private static final int MOST_ATTEMPTS = 5;

	/**
	 * Plays the chain.
	 * @param open a batch of one message in hand
	 * @return the message on route CONTINUE, REVIEW or STOP
	 */
	Batch play(Batch open) {
		Batch words = words(open);
		if (route(words) == Route.STOP) {
			return words;
		}
		boolean written = route(words) == Route.CONTINUE || route(words) == Route.REVIEW;
		Batch inspected = this.guardrail.inspect(written ? words : this.executor.writeFallback(words));
		while (route(inspected) == Route.FALLBACK && attempt(inspected) < MOST_ATTEMPTS) {
			inspected = this.guardrail.inspect(this.executor.writeFallback(inspected));
		}
		return inspected;
	}

	private Batch words(Batch open) {
		try {
			Batch words = this.planner.plan(open);
			if (route(words) != Route.CONTINUE) {
				return words;
			}
			do {
				words = this.evaluator.evaluate(this.executor.write(words));
			}
			while (route(words) == Route.REGENERATE && attempt(words) < MOST_ATTEMPTS);
			return words;
		}
		catch (AgentFailed failed) {
			return open.map((message) -> message.routed(Route.FALLBACK, failed.code()));
		}
	}

	private static Route route(Batch batch) {
		return batch.single().route();
	}

	private static int attempt(Batch batch) {
		return batch.single().attempt();
	}

}
