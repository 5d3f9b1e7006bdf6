/**
 * The sample workspace a newcomer sees: a made-up outdoor and garden shop with products,
 * people and a year of history, entered through the front door. Floor 9; nobody depends
 * on it. Quality: mature.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "experiment", "audience", "delivery", "delivery::esp", "agent", "campaign",
		"journey" })
package io.waypost.sample;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
