/**
 * Shared access to PostgreSQL: JSON columns, arrays, times and advisory locks. The
 * embedded server is in the package {@code embedded}. Layer 0.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package io.waypost.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
