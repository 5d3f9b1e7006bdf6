package io.waypost.journey.checker;

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

	/** Steps: allowed as the implementation of a task. */
	public static final Set<String> STEPS = Set.of(ORCHESTRATOR, PERMISSION, "throttlingCheck", "plannerAgent",
			EXECUTOR, "evaluatorAgent", GUARDRAIL, "triggerAgent", "escalateReview");

	/** Allowed as task listeners. */
	public static final Set<String> TASK_LISTENERS = Set.of("reviewTask");

	/** Everything an expression can see. */
	public static final Set<String> ALL = Stream.concat(STEPS.stream(), TASK_LISTENERS.stream())
		.collect(Collectors.toUnmodifiableSet());

	private KnownBeans() {
	}

}
