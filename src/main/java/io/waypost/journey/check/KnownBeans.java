package io.waypost.journey.check;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names a model may use as {@code camunda:delegateExpression="${name}"}. */
public final class KnownBeans {

	/** Writes or rewrites the words of a message. */
	static final String EXECUTOR = "executorAgent";

	/** Inspects the words. */
	static final String GUARDRAIL = "guardrailAgent";

	/** Saves and sends, by its input {@code action}. */
	static final String ORCHESTRATOR = "orchestratorAgent";

	/** Decides whether a person may be written to. */
	static final String PERMISSION = "permissionCheck";

	/** Writes the words of a campaign; the guardrail inspects them in the same step. */
	static final String WRITE_WORDS = "writeWords";

	/** Begin to write to the people of a campaign, chunk by chunk. */
	static final Set<String> CHUNK_STARTERS = Set.of("startTest", "startRollout");

	/** Takes inspected words into a chunk, and no others. */
	static final String CLEARED_WORDS = "clearedWords";

	/** Decides permission, window and words for each person of a chunk. */
	static final String DECIDE_FOR_PEOPLE = "decideForPeople";

	/** Queues the sends of a chunk. */
	static final String QUEUE_SENDS = "queueSends";

	private static final Set<String> CAMPAIGN_STEPS = Set.of("checkBrief", "approvalPolicy", "freezeAudience",
			WRITE_WORDS, "checkWords", "applyWordsReview", "startTest", "judgeTest", "startRollout", "startWaiting",
			"laterWindows", "completeCampaign", "failCampaign", "takeChunk", CLEARED_WORDS, DECIDE_FOR_PEOPLE,
			QUEUE_SENDS);

	private static final Set<String> MESSAGE_STEPS = Set.of(ORCHESTRATOR, PERMISSION, "throttlingCheck", "plannerAgent",
			EXECUTOR, "evaluatorAgent", GUARDRAIL, "triggerAgent", "escalateReview");

	/** Steps: allowed as the implementation of a task. */
	public static final Set<String> STEPS = Stream.of(MESSAGE_STEPS, CAMPAIGN_STEPS)
		.flatMap(Set::stream)
		.collect(Collectors.toUnmodifiableSet());

	/** Allowed as task listeners. */
	public static final Set<String> TASK_LISTENERS = Set.of("reviewTask", "approvalTask", "wordsTask");

	/** Everything an expression can see. */
	public static final Set<String> ALL = Stream.concat(STEPS.stream(), TASK_LISTENERS.stream())
		.collect(Collectors.toUnmodifiableSet());

	private KnownBeans() {
	}

}
