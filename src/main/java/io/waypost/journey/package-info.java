/**
 * BPMN journeys: deployment and its checker, the steps of models, runs and review tasks.
 * Layer 8.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "delivery", "agent", "agent::review", "agent::trigger", "campaign" })
package io.waypost.journey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
