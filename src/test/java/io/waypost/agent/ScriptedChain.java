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
 * Agents that answer with the routes of a {@link ChoiceTree} and record their calls. The
 * same agents can work in the {@link AgentChain} and behind the steps of a process, so
 * that both can be compared.
 */
public final class ScriptedChain implements AgentChain.Agents {

	private static final String FAILS = "FAILS";

	private static final List<String> EVERY_ANSWER = Stream
		.concat(Stream.of(Route.values()).map(Route::name), Stream.of(FAILS))
		.toList();

	private static final EmailDraft CONTENT = new EmailDraft("en", "Subject", "Preheader", "Headline", List.of("Text"),
			List.of(), new EmailDraft.CallToAction("Go", "https://hearth.example"), null);

	private final ChoiceTree choices;

	/** Answers by step; a step that is absent gives every answer. */
	private final Map<String, Set<String>> restricted;

	private final List<String> path = new ArrayList<>();

	private boolean inspected;

	/**
	 * Creates the agents of one walk.
	 * @param choices what they answer
	 * @param restricted answers that a step may give, {@code first inspection} among
	 * them; every answer if it is absent
	 */
	public ScriptedChain(ChoiceTree choices, Map<String, Set<String>> restricted) {
		this.choices = choices;
		this.restricted = restricted;
	}

	/** What was asked and answered so far, in order. */
	public List<String> path() {
		return this.path;
	}

	/** Takes a message through the chain. */
	public Message run(Batch open) {
		return new AgentChain(this).run(open).single();
	}

	/** Applies a review in the chain. */
	public Message review(Batch flagged, Review review) {
		return new AgentChain(this).review(flagged, review).single();
	}

	@Override
	public Batch plan(Batch batch) {
		return batch.mapActive((message) -> answer("plan", message));
	}

	@Override
	public Batch write(Batch batch) {
		return batch.mapActive((message) -> answer("write", message, message.written("rules", CONTENT)));
	}

	@Override
	public Batch evaluate(Batch batch) {
		return batch.map((message) -> (message.route() == Route.CONTINUE) ? answer("evaluate", message) : message);
	}

	@Override
	public Batch writeFallback(Batch batch) {
		return batch.mapActive((message) -> {
			Message written = answer("fallback", message, message.written("fallback", CONTENT));
			return (written.route() == Route.CONTINUE) ? written.routed(Route.CONTINUE, message.reason()) : written;
		});
	}

	@Override
	public Batch inspect(Batch batch) {
		return batch.mapActive((message) -> answer("inspect", message));
	}

	@Override
	public Batch apply(Batch batch, Review review) {
		return batch.mapActive((message) -> answer("apply " + review.decision(), message));
	}

	private Set<String> allowed(String step) {
		Set<String> first = this.restricted.get("first inspection");
		if (step.equals("inspect") && !this.inspected && first != null) {
			return first;
		}
		return this.restricted.getOrDefault(step, Set.copyOf(EVERY_ANSWER));
	}

	private Message answer(String step, Message message) {
		return answer(step, message, message);
	}

	private Message answer(String step, Message before, Message after) {
		Set<String> allowed = allowed(step);
		String answer = this.choices.choose(step, EVERY_ANSWER.stream().filter(allowed::contains).toList());
		this.inspected |= step.equals("inspect");
		this.path.add("%s after %d: %s".formatted(step, before.attempt(), answer));
		if (answer.equals(FAILS)) {
			throw new AgentFailed(step, "scripted", "The script lets it fail");
		}
		Route route = Route.valueOf(answer);
		return after.routed(route, (route == Route.CONTINUE) ? null : Objects.toString(before.reason(), step));
	}

}
