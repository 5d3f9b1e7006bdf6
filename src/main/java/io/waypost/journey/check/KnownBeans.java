package io.waypost.journey.check;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bean names that a model may use in {@code camunda:delegateExpression="${name}"}.
 */
public final class KnownBeans {

	/** Write the content of a message. */
	static final Set<String> WRITERS = Set.of("executorAgent", "fallbackExecutorAgent");

	/** Inspects the content of a message. */
	static final String GUARDRAIL = "guardrailAgent";

	/** Applies a reviewer's decision, which may have changed the content. */
	static final String APPLY_REVIEW = "applyReview";

	/** Queues a send. */
	static final String QUEUE_SEND = "queueSend";

	/** Decides whether a person may be written to. */
	static final String PERMISSION = "permissionCheck";

	/** Writes the content of a campaign and inspects it in the same step. */
	static final String WRITE_CAMPAIGN_CONTENT = "writeCampaignContent";

	/** Start to send a campaign to its recipients, chunk by chunk. */
	static final Set<String> CHUNK_STARTERS = Set.of("startTestChunks", "startRolloutChunks");

	/** Loads the content that was inspected and cleared into a chunk, and no other. */
	static final String LOAD_CLEARED_CONTENT = "loadClearedContent";

	/** Decides permission, send window and content for each recipient of a chunk. */
	static final String DECIDE_RECIPIENTS = "decideRecipients";

	/** Queues the sends of a chunk. */
	static final String QUEUE_CHUNK_SENDS = "queueChunkSends";

	private static final Set<String> CAMPAIGN_STEPS = Set.of("checkBrief", "checkApproval", "freezeAudience",
			"requestCampaignCopy", WRITE_CAMPAIGN_CONTENT, "checkCampaignContent", "applyContentReview",
			"expireContentReview", "startTestChunks", "chooseWinner", "startRolloutChunks", "startWaitingChunks",
			"checkDeferredRecipients", "completeCampaign", "closeCampaign", "claimChunk", LOAD_CLEARED_CONTENT,
			DECIDE_RECIPIENTS, QUEUE_CHUNK_SENDS);

	private static final Set<String> MESSAGE_STEPS = Set.of("openSend", "deferSend", "withholdSend", QUEUE_SEND,
			PERMISSION, "throttlingCheck", "plannerAgent", "executorAgent", "fallbackExecutorAgent", "evaluatorAgent",
			GUARDRAIL, "triggerAgent", "flagForReview", APPLY_REVIEW, "expireReview", "escalateReview");

	/** Steps: allowed as the implementation of a task. */
	public static final Set<String> STEPS = Stream.of(MESSAGE_STEPS, CAMPAIGN_STEPS)
		.flatMap(Set::stream)
		.collect(Collectors.toUnmodifiableSet());

	/** Allowed as task listeners. */
	public static final Set<String> TASK_LISTENERS = Set.of("reviewTask", "approvalTask", "contentReviewTask");

	/** Everything an expression can see. */
	public static final Set<String> ALL = Stream.concat(STEPS.stream(), TASK_LISTENERS.stream())
		.collect(Collectors.toUnmodifiableSet());

	private KnownBeans() {
	}

}
