/** The send queue: due sends, paused campaigns, claims and frequency caps. */
@NullMarked
package io.waypost.delivery.queue;

import org.jspecify.annotations.NullMarked;
