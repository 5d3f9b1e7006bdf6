/**
 * The sample workspace: a fictitious outdoor and garden shop with products, profiles and
 * a year of history, sent through the public tracking API. No other module uses it.
 * Quality: mature.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "kernel", "database", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "experiment", "audience", "delivery", "delivery::esp", "agent",
		"agent::review", "agent::trigger", "campaign", "journey" })
package io.waypost.sample;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
