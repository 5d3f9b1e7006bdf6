/**
 * Signed tracking and unsubscribe links, and the events that are reported about sends.
 * Public to the module {@code feedback}.
 */
@NullMarked
@NamedInterface("tracking")
package io.waypost.delivery.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
