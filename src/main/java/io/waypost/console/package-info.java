/**
 * The pages people see. It reads every room and nobody depends on it. Floor 9.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "kernel", "ledger", "access", "policy", "identity", "ingestion", "consent",
		"feature", "content", "experiment", "experiment :: stats", "audience", "audience :: language", "delivery",
		"agent", "campaign", "journey" })
package io.waypost.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
