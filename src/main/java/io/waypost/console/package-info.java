/**
 * The pages of the console. Reads every module; no module depends on it. Layer 9.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "access :: administration",
		"policy", "identity", "ingestion", "consent", "feature", "content", "content :: fact", "experiment",
		"experiment :: stats", "audience", "audience :: language", "delivery", "agent", "agent::review",
		"agent::trigger", "agent::preview", "agent::budget", "campaign", "journey" })
package io.waypost.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
