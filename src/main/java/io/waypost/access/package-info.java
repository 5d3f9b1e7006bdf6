/**
 * Tenants, people who sign in, their roles, API tokens, write keys, and the security
 * chains. Floor 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel" })
package io.waypost.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
