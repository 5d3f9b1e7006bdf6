/**
 * The sample workspace: a fictitious outdoor and garden shop with products, people and a
 * year of history, sent over the tracking API. Layer 9; no other module imports it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "kernel", "database", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "content :: fact", "experiment", "audience", "delivery", "delivery::esp",
		"agent", "agent::review", "agent::trigger", "campaign", "journey" })
package io.waypost.sample;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
