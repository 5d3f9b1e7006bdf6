package io.waypost.agent.trigger;

import org.jspecify.annotations.Nullable;

/**
 * Whether the reason for a message is still valid after a wait.
 *
 * @param valid whether the journey should continue
 * @param reason short code when it should not, for example {@code cart_empty}
 */
public record RecheckResult(boolean valid, @Nullable String reason) {

}
