/**
 * Evaluates DMN decision tables by key, caches the results and reports the version and
 * the matched rules. Layer 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel" })
package io.waypost.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
