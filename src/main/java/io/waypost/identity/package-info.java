/**
 * Profiles and their identifiers, the vault of direct identifiers. Sub-packages:
 * {@code resolution} (identity resolution and merges), {@code vault} (encryption),
 * {@code privacy} (export and erasure). Layer 2.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy" })
package io.waypost.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
