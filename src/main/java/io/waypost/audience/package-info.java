/**
 * Segments, which are live conditions on profiles, and audiences, which are frozen sets
 * of their members. Segments have a readable language that is compiled to set-based SQL
 * over a projection of profile attributes and activities. Layer 5.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "kernel", "database", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content" })
package io.waypost.audience;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
