/**
 * Takes claimed sends to their provider: prepares, composes and submits messages.
 */
@NullMarked
package io.waypost.delivery.dispatch;

import org.jspecify.annotations.NullMarked;
