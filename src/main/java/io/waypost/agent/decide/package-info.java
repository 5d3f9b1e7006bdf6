/**
 * Decides about one recipient: permission, send time, frequency caps.
 */
@NullMarked
package io.waypost.agent.decide;

import org.jspecify.annotations.NullMarked;
