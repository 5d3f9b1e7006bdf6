package io.waypost.delivery;

import org.jspecify.annotations.Nullable;

/**
 * How many sends stand where, and why.
 *
 * @param status where
 * @param reason short code, null when the status says it all
 * @param sends how many
 */
public record SendStatusCount(SendStatus status, @Nullable String reason, long sends) {

}
