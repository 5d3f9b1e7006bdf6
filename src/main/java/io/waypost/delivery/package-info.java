/**
 * The spine of sends: states, queue, dispatcher, links, one package per provider under
 * esp. Floor 5.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity", "ingestion",
		"consent", "feature", "content" })
package io.waypost.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
