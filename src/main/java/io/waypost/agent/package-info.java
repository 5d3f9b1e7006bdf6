/**
 * Planner, executor, evaluator, guardrail, trigger and orchestrator. Each agent processes
 * a batch of messages and returns it. Layer 6.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "content :: fact", "delivery", "delivery::esp" })
package io.waypost.agent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
