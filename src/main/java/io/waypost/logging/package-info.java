/**
 * Redacts identifiers and secrets in all log output. Layer 0: it imports no module, and
 * no module imports it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.waypost.logging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
