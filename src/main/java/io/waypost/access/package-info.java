/**
 * Tenants, users, roles, API tokens, write keys, sign-in and security filter chains. Also
 * the problem details that the whole API shares. Layer 1.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger" })
package io.waypost.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
