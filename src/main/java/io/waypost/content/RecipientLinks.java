package io.waypost.content;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The URLs of one recipient's message.
 *
 * @param unsubscribe one-click unsubscribe and preference page
 * @param openPixel URL of the open pixel, null when opens must not be tracked
 * @param tracked returns the tracking URL of a link of the draft
 */
public record RecipientLinks(String unsubscribe, @Nullable String openPixel, UnaryOperator<String> tracked) {

}
