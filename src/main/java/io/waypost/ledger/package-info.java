/**
 * The append-only, hash-chained record of decisions, consent changes and admin changes.
 * Floor 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel" })
package io.waypost.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
