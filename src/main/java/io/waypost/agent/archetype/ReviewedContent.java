package io.waypost.agent.archetype;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Content of one archetype and variant with the result of its review.
 *
 * @param archetype key of the archetype
 * @param variant name of the variant
 * @param content id of the content
 * @param withheld short code why it must not be sent; null when it may be sent
 */
public record ReviewedContent(String archetype, String variant, UUID content, @Nullable String withheld) {

}
