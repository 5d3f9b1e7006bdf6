package io.waypost.content;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The addresses that belong to one message.
 *
 * @param unsubscribe one-click unsubscribe and preference page
 * @param openPixel image address, null when opens must not be tracked
 * @param tracked maps a link of the draft to the address to put in its place
 */
public record RecipientLinks(String unsubscribe, @Nullable String openPixel, UnaryOperator<String> tracked) {

}
