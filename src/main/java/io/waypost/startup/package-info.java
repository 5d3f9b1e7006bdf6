/**
 * Answers on the web port while the application starts: a page with the progress for
 * browsers, 503 with Retry-After for programs. Hands the listening socket to Tomcat, so
 * that no connection is refused in between. Floor 0: no room imports it, it imports none.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.waypost.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
