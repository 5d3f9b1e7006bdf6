/** Sends of a profile when it is merged, exported or erased. */
@NullMarked
package io.waypost.delivery.profile;

import org.jspecify.annotations.NullMarked;
