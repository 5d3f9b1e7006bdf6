package io.waypost.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Number of sends with one status and reason.
 *
 * @param status status
 * @param reason short code, null when the status needs none
 * @param sends number of sends
 */
public record SendStatusCount(SendStatus status, @Nullable String reason, long sends) {

}
