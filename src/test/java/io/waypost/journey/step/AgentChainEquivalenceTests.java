package io.waypost.journey.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.waypost.agent.Batch;
import io.waypost.agent.ChoiceTree;
import io.waypost.agent.Evaluator;
import io.waypost.agent.Executor;
import io.waypost.agent.Guardrail;
import io.waypost.agent.Message;
import io.waypost.agent.MessageRequest;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.Orchestrator;
import io.waypost.agent.Planner;
import io.waypost.agent.Recipients;
import io.waypost.agent.Route;
import io.waypost.agent.ScriptedChain;
import io.waypost.agent.SendDecisions;
import io.waypost.agent.review.Review;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.journey.review.ReviewRepository;
import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.journey.run.JourneyVariables;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every combination of results of agents and reviewers, once in the
 * {@code AgentChain} and once in {@code personalised-message.bpmn} on a real engine, and
 * compares the calls, their order and the final status. An agent returns every route,
 * because an edited table may return any of them, or fails.
 */
@Tag("engine-node")
class AgentChainEquivalenceTests {

	private static final TenantId TENANT = new TenantId(MessageEngine.TENANT);

	private static final Send SEND = new Send(new SendId(new UUID(1, 1)), new ProfileId(new UUID(1, 2)),
			new JourneyRunId(new UUID(1, 3)), "welcome", "welcome", "welcome", "marketing", SendStatus.PLANNED, null,
			null, null, Instant.EPOCH, null);

	private static final Map<String, Object> VARIABLES = Map.of("profileId", SEND.profile().toString(), "runId",
			SEND.run().toString(), "journey", SEND.journey(), "step", SEND.step(), "template", SEND.template(), "topic",
			SEND.topic());

	/** Leads to a review after one to five attempts. */
	private static final Map<String, Set<String>> REVIEWED = Map.of("plan", Set.of("CONTINUE"), "write",
			Set.of("CONTINUE"), "evaluate", Set.of("CONTINUE", "REGENERATE"), "fallback", Set.of("CONTINUE", "FAILURE"),
			"first inspection", Set.of("REVIEW"));

	private static final LoggingSystem LOGGING = LoggingSystem.get(AgentChainEquivalenceTests.class.getClassLoader());

	private static MessageEngine engine;

	/** The current run; the agents of the process steps use it. */
	private static ChainRun current;

	private final List<String> differences = new ArrayList<>();

	private final Set<String> ends = new LinkedHashSet<>();

	private int runs;

	@BeforeAll
	static void startEngine() {
		// Thousands of agents fail here, with two log lines each
		LOGGING.setLogLevel("io.waypost", LogLevel.OFF);
		engine = new MessageEngine("agent_chain_equivalence", Map.of(Orchestrator.class, orchestrator(),
				SendDecisions.class, gate(), Planner.class, agent(Planner.class,
						(agent) -> agent.plan(ArgumentMatchers.any()), (batch) -> current.agents.plan(batch)),
				Executor.class, executor(), Evaluator.class, agent(Evaluator.class,
						(agent) -> agent.evaluate(ArgumentMatchers.any()), (batch) -> current.agents.evaluate(batch)),
				Guardrail.class,
				agent(Guardrail.class, (agent) -> agent.inspect(ArgumentMatchers.any()),
						(batch) -> current.agents.inspect(batch)),
				JourneyRunRepository.class, runs(), ReviewRepository.class, reviews(), MessageReview.class, forms()));
	}

	@AfterAll
	static void stopEngine() {
		engine.close();
		LOGGING.setLogLevel("io.waypost", null);
	}

	@AfterEach
	void clear() {
		engine.clear();
	}

	@Test
	void runsEveryCombinationOfRoutesAndFailuresUpToTheFirstReview() {
		compare(Map.of("fallback", Set.of("CONTINUE", "FAILURE")), 0);
		assertThat(this.differences).isEmpty();
		assertThat(this.runs).isGreaterThan(2_500);
		assertThat(this.ends).contains("sent", "flagged", "withheld: agent_failed");
	}

	@Test
	void runsEveryResultOfFallbackContent() {
		compare(Map.of("plan", Set.of("FALLBACK"), "fallback",
				Set.of("CONTINUE", "REVIEW", "STOP", "DEFER", "FAILURE")), 0);
		assertThat(this.differences).isEmpty();
		assertThat(this.runs).isGreaterThan(400);
	}

	@Test
	void runsEveryResultAfterOneReview() {
		compare(REVIEWED, 1);
		assertThat(this.differences).isEmpty();
		assertThat(this.runs).isGreaterThan(600);
		assertThat(this.ends).contains("sent", "flagged", "withheld: agent_failed");
	}

	@Test
	void runsEveryDecisionOfTwoReviews() {
		Map<String, Set<String>> results = new HashMap<>(REVIEWED);
		results
			.putAll(Map.of("evaluate", Set.of("CONTINUE"), "inspect", Set.of("CONTINUE", "REVIEW", "FALLBACK", "STOP"),
					"apply APPROVED", Set.of("CONTINUE", "STOP"), "apply REJECTED", Set.of("STOP"), "apply CHANGED",
					Set.of("CONTINUE"), "apply EXPIRED", Set.of("FALLBACK", "STOP"), "fallback", Set.of("CONTINUE")));
		compare(results, 2);
		assertThat(this.differences).isEmpty();
		assertThat(this.runs).isGreaterThan(100);
	}

	private void compare(Map<String, Set<String>> restricted, int reviews) {
		ChoiceTree choices = new ChoiceTree();
		do {
			ChainRun chain = new ChainRun(choices, restricted, reviews);
			chain.inTheChain();
			choices.repeat();
			ChainRun process = new ChainRun(choices, restricted, reviews);
			process.onTheEngine();
			if (choices.hasDiverged() || !process.calls().equals(chain.calls())) {
				this.differences.add("chain %s, process %s".formatted(chain.calls(), process.calls()));
			}
			this.ends.add(chain.end);
			this.runs++;
		}
		while (choices.next() && this.differences.size() < 20);
	}

	/** One message from plan to final status, in the chain or in the process. */
	private static final class ChainRun {

		private final ChoiceTree choices;

		private final ScriptedChain agents;

		private int reviews;

		private Batch saved = open();

		private String end = "";

		ChainRun(ChoiceTree choices, Map<String, Set<String>> restricted, int reviews) {
			this.choices = choices;
			this.agents = new ScriptedChain(choices, restricted);
			this.reviews = reviews;
		}

		List<String> calls() {
			return Stream.concat(this.agents.path().stream(), Stream.of(this.end)).toList();
		}

		void inTheChain() {
			Message message = this.agents.run(open());
			Review.ReviewDecision decision = decision(message);
			while (decision != null) {
				message = this.agents.review(resumed(message), review(decision));
				decision = decision(message);
			}
		}

		/** Returns the reviewer's decision, or null when the run ends here. */
		private Review.ReviewDecision decision(Message message) {
			this.end = switch (message.route()) {
				case CONTINUE -> "sent";
				case REVIEW -> "flagged";
				default -> "withheld: " + message.reason();
			};
			return (message.route() == Route.REVIEW) ? decide() : null;
		}

		private Review.ReviewDecision decide() {
			if (this.reviews == 0) {
				return null;
			}
			this.reviews--;
			return Review.ReviewDecision.valueOf(this.choices.choose("review",
					EnumSet.allOf(Review.ReviewDecision.class).stream().map(Review.ReviewDecision::name).toList()));
		}

		void onTheEngine() {
			current = this;
			engine.request(VARIABLES);
			Review.ReviewDecision decision = this.end.equals("flagged") ? decide() : null;
			while (decision != null) {
				this.decided = decision;
				this.end = "";
				if (decision == Review.ReviewDecision.EXPIRED) {
					engine.expire();
				}
				else {
					engine.complete();
				}
				decision = this.end.equals("flagged") ? decide() : null;
			}
			if (this.end.equals("flagged")) {
				engine.clear();
			}
		}

		private Review.ReviewDecision decided = Review.ReviewDecision.REJECTED;

	}

	private static Batch open() {
		return new Batch(TENANT, List.of(message(SEND, Route.CONTINUE, null, 0, null)),
				new Recipients(Map.of(), Map.of()));
	}

	/** Returns a message as it is restored after a wait state. */
	private static Batch resumed(Message message) {
		return new Batch(TENANT, List.of(message.routed(Route.CONTINUE, null)), new Recipients(Map.of(), Map.of()));
	}

	private static Review review(Review.ReviewDecision decision) {
		return new Review(decision, "user:anna", "scripted", null, null);
	}

	private static Message message(Send send, Route route, String reason, int attempt, Message before) {
		return new Message(new MessageTarget.ForRecipient(send), Map.of(), Map.of(), route, reason, attempt, null, null,
				(before != null) ? before.variant() : null, (before != null) ? before.draft() : null, Map.of());
	}

	private static <T> T agent(Class<T> type, Consumer<T> call, UnaryOperator<Batch> result) {
		T agent = Mockito.mock(type, Mockito.withSettings().stubOnly());
		call.accept(Mockito.doAnswer((invocation) -> result.apply(invocation.getArgument(0))).when(agent));
		return agent;
	}

	private static Executor executor() {
		Executor executor = agent(Executor.class, (agent) -> agent.write(ArgumentMatchers.any()),
				(batch) -> current.agents.write(batch));
		Mockito.doAnswer((invocation) -> current.agents.writeFallback(invocation.getArgument(0)))
			.when(executor)
			.writeFallback(ArgumentMatchers.any());
		return executor;
	}

	/** Allows every message: permission and send window are not compared here. */
	private static SendDecisions gate() {
		SendDecisions gate = agent(SendDecisions.class, (agent) -> agent.permit(ArgumentMatchers.any()),
				UnaryOperator.identity());
		Mockito.doAnswer((invocation) -> invocation.getArgument(0)).when(gate).throttle(ArgumentMatchers.any());
		return gate;
	}

	private static Orchestrator orchestrator() {
		return Mockito.mock(Orchestrator.class, Mockito.withSettings().stubOnly().defaultAnswer((invocation) -> {
			Object first = invocation.getArgument(0);
			return switch (invocation.getMethod().getName()) {
				case "open" -> open();
				case "resume" -> resumed(current.saved.single());
				case "apply" -> current.agents.apply((Batch) first, invocation.getArgument(1));
				case "submit" -> ended((Batch) first, "sent");
				case "withhold" -> ended((Batch) first, "withheld: " + ((Batch) first).single().reason());
				case "flag" -> flagged(((Batch) first).single());
				default -> throw new IllegalStateException("Not scripted: " + invocation.getMethod());
			};
		}));
	}

	private static Batch ended(Batch batch, String end) {
		current.end = end;
		return batch;
	}

	private static Batch flagged(Message message) {
		Send flagged = new Send(SEND.id(), SEND.profile(), SEND.run(), SEND.journey(), SEND.step(), SEND.template(),
				SEND.topic(), SendStatus.FLAGGED, null, null, null, SEND.createdAt(), null);
		Message stored = message(flagged, message.route(), message.reason(), message.attempt(), message);
		current.saved = new Batch(TENANT, List.of(stored), new Recipients(Map.of(), Map.of()));
		return ended(current.saved, "flagged");
	}

	private static JourneyRunRepository runs() {
		JourneyRunRepository runs = Mockito.mock(JourneyRunRepository.class, Mockito.withSettings().stubOnly());
		Mockito
			.doReturn(Optional.of(new MessageRequest(SEND.profile(), SEND.run(), SEND.journey(), SEND.step(),
					SEND.template(), SEND.topic(), Map.of(), Map.of())))
			.when(runs)
			.request(ArgumentMatchers.any(), ArgumentMatchers.any(), ArgumentMatchers.any());
		return runs;
	}

	private static ReviewRepository reviews() {
		ReviewRepository reviews = Mockito.mock(ReviewRepository.class, Mockito.withSettings().stubOnly());
		Mockito.doAnswer((invocation) -> Optional.of(review(current.decided)))
			.when(reviews)
			.newest(ArgumentMatchers.any(), ArgumentMatchers.any(), ArgumentMatchers.any());
		return reviews;
	}

	/** Fills no form; the decision comes from the current run. */
	private static MessageReview forms() {
		MessageReview forms = Mockito.mock(MessageReview.class, Mockito.withSettings().stubOnly());
		Mockito.doAnswer((invocation) -> {
			invocation.<org.camunda.bpm.engine.delegate.DelegateTask>getArgument(0)
				.getExecution()
				.setVariable(JourneyVariables.REVIEW_DECISION, current.decided.name());
			return null;
		}).when(forms).decide(ArgumentMatchers.any());
		return forms;
	}

}
