/**
 * Sends and their states: the public API for journeys, campaigns, agents and the console.
 * Sub-packages: {@code queue}, {@code dispatch}, {@code outcome}, {@code tracking},
 * {@code content} and one package per e-mail service provider (ESP) under {@code esp}.
 * Layer 5.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "access :: limit", "policy",
		"identity", "ingestion", "consent", "feature", "content" })
package io.waypost.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
