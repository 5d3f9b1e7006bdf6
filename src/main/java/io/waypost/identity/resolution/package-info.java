/**
 * Identity resolution: finds the profile of each event and merges profiles that are one
 * person.
 */
@NullMarked
package io.waypost.identity.resolution;

import org.jspecify.annotations.NullMarked;
