/**
 * Segments, the questions asked of people, and audiences, their frozen answers: a
 * readable language, compiled to set-based SQL over what this room keeps of each person
 * and of what they did. Floor 5. Quality: mature.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content" })
package io.waypost.audience;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
