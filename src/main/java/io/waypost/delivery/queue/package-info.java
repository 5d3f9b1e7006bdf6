/** The send queue: due sends, permission check and claims. */
@NullMarked
package io.waypost.delivery.queue;

import org.jspecify.annotations.NullMarked;
