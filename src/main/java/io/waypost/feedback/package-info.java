/**
 * Receives feedback about sent messages: provider webhooks, opens, clicks and
 * unsubscribes. Layer 6.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "delivery", "delivery::tracking", "delivery::esp" })
package io.waypost.feedback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
