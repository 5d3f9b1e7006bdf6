/**
 * DMN tables by key: evaluates, memoises, and tells the version and the rules hit. Floor
 * 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel" })
package io.waypost.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
