package io.waypost.agent.archetype;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What was decided about the words for one archetype in one variant.
 *
 * @param archetype key of the cell
 * @param variant which variant
 * @param content id of the words
 * @param withheld why they must not be sent, a short code; null when they may
 */
public record ReviewedContent(String archetype, String variant, UUID content, @Nullable String withheld) {

}
