/**
 * Types that every module uses: typed ids, e-mail addresses, money, fingerprints, pages
 * and cursors. No Spring, no SQL, no services. Layer 0.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.waypost.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
