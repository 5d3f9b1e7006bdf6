package io.waypost.console;

import java.time.Instant;

/**
 * Something that happened, for a list by time.
 *
 * @param at when
 * @param what in words
 * @param detail more about it, may be empty
 */
public record TimelineEntry(Instant at, String what, String detail) {

}
