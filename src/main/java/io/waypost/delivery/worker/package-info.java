/**
 * Background threads of the room: polling and group commit.
 */
@NullMarked
package io.waypost.delivery.worker;

import org.jspecify.annotations.NullMarked;
