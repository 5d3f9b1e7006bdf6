/**
 * Features: versioned views of what is known about a profile, now and as of a past
 * moment. Layer 4.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "kernel", "database", "ledger", "access", "policy", "identity", "ingestion" })
package io.waypost.feature;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
