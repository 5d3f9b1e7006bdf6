/**
 * Profiles, their identifiers and merges, the vault of direct identifiers, export and
 * erasure. Floor 2.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy" })
package io.waypost.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
