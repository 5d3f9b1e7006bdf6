/**
 * Append-only, hash-chained audit log of decisions, consent changes and administrative
 * changes. Layer 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel" })
package io.waypost.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
