package io.waypost.console;

import java.time.Instant;

/**
 * An entry of a timeline.
 *
 * @param at time
 * @param what title
 * @param detail details, may be empty
 */
public record TimelineEntry(Instant at, String what, String detail) {

}
