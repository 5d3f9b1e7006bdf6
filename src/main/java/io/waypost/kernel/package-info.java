/**
 * Types that every room speaks: typed ids, e-mail addresses, money. No Spring, no SQL, no
 * services.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.waypost.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
