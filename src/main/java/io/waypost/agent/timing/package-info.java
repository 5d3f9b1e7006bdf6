/**
 * Send windows: quiet hours, frequency caps (decision table throttling) and send-time
 * optimisation.
 */
@NullMarked
package io.waypost.agent.timing;

import org.jspecify.annotations.NullMarked;
