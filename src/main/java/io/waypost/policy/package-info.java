/**
 * Evaluates DMN decision tables by key, caches the results and reports version and rules
 * hit. Layer 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel" })
package io.waypost.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
