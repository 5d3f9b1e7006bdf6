/**
 * Profiles, their identifiers and merges, and the vault of direct identifiers. Floor 2.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "kernel", "ledger", "access", "policy" })
package io.waypost.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
