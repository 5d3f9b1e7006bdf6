/**
 * What comes back from the inbox: provider webhooks, opens, clicks, unsubscribes. Floor
 * 6.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content", "delivery", "delivery::tracking", "delivery::esp" })
package io.waypost.feedback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
