package io.waypost.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.agent.review.Review;
import io.waypost.content.EmailDraft;

/**
 * Agents that return the routes of a {@link ChoiceTree} and record their calls. The same
 * agents run in the {@link AgentChain} and in the steps of a process, so that a test can
 * compare both.
 */
public final class ScriptedChain implements AgentChain.Agents {

	private static final String FAILURE = "FAILURE";

	private static final List<String> ALL_RESULTS = Stream
		.concat(Stream.of(Route.values()).map(Route::name), Stream.of(FAILURE))
		.toList();

	private static final EmailDraft CONTENT = new EmailDraft("en", "Subject", "Preheader", "Headline", List.of("Text"),
			List.of(), new EmailDraft.CallToAction("Go", "https://hearth.example"), null);

	private final ChoiceTree choices;

	/** Allowed results by step; a step that is absent may return every result. */
	private final Map<String, Set<String>> restricted;

	private final List<String> path = new ArrayList<>();

	private boolean inspected;

	/**
	 * Creates the agents of one run.
	 * @param choices selects the results
	 * @param restricted allowed results by step; {@code first inspection} is a step too
	 */
	public ScriptedChain(ChoiceTree choices, Map<String, Set<String>> restricted) {
		this.choices = choices;
		this.restricted = restricted;
	}

	/** Returns the calls so far with their results, in order. */
	public List<String> path() {
		return this.path;
	}

	/** Runs the chain on a message. */
	public Message run(Batch open) {
		return new AgentChain(this).run(open).single();
	}

	/** Applies a review in the chain. */
	public Message review(Batch flagged, Review review) {
		return new AgentChain(this).review(flagged, review).single();
	}

	@Override
	public Batch plan(Batch batch) {
		return batch.mapActive((message) -> step("plan", message));
	}

	@Override
	public Batch write(Batch batch) {
		return batch.mapActive((message) -> step("write", message, message.written("rules", CONTENT)));
	}

	@Override
	public Batch evaluate(Batch batch) {
		return batch.map((message) -> (message.route() == Route.CONTINUE) ? step("evaluate", message) : message);
	}

	@Override
	public Batch writeFallback(Batch batch) {
		return batch.mapActive((message) -> {
			Message written = step("fallback", message, message.written("fallback", CONTENT));
			return (written.route() == Route.CONTINUE) ? written.routed(Route.CONTINUE, message.reason()) : written;
		});
	}

	@Override
	public Batch inspect(Batch batch) {
		return batch.mapActive((message) -> step("inspect", message));
	}

	@Override
	public Batch apply(Batch batch, Review review) {
		return batch.mapActive((message) -> step("apply " + review.decision(), message));
	}

	private Set<String> allowed(String step) {
		Set<String> first = this.restricted.get("first inspection");
		if (step.equals("inspect") && !this.inspected && first != null) {
			return first;
		}
		return this.restricted.getOrDefault(step, Set.copyOf(ALL_RESULTS));
	}

	private Message step(String step, Message message) {
		return step(step, message, message);
	}

	private Message step(String step, Message before, Message after) {
		Set<String> allowed = allowed(step);
		String result = this.choices.choose(step, ALL_RESULTS.stream().filter(allowed::contains).toList());
		this.inspected |= step.equals("inspect");
		this.path.add("%s after %d: %s".formatted(step, before.attempt(), result));
		if (result.equals(FAILURE)) {
			throw new AgentFailedException(step, "scripted", "The script makes this agent fail");
		}
		Route route = Route.valueOf(result);
		return after.routed(route, (route == Route.CONTINUE) ? null : Objects.toString(before.reason(), step));
	}

}
