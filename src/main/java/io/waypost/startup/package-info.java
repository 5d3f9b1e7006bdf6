/**
 * Answers on the web port while the application starts: a page with the progress for
 * browsers, 503 with Retry-After for API clients. Hands the listening socket to Tomcat,
 * so that no connection is refused in between. Layer 0: it imports no module, and no
 * module imports it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.waypost.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
