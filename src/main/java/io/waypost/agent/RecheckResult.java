package io.waypost.agent;

import org.jspecify.annotations.Nullable;

/**
 * Whether the reason for a message still stands after a wait.
 *
 * @param stands whether the journey should go on
 * @param reason short code when it should not, for example {@code cart_empty}
 */
public record RecheckResult(boolean valid, @Nullable String reason) {

}
