/**
 * Consents, suppressions, subscription topics and the permission to send. Layer 4.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion" })
package io.waypost.consent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
