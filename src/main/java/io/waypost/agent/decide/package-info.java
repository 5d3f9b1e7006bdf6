/**
 * Decisions about recipients: permission, frequency caps and send time.
 */
@NullMarked
package io.waypost.agent.decide;

import org.jspecify.annotations.NullMarked;
