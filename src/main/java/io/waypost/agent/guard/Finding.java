package io.waypost.agent.guard;

/**
 * A finding of a check. It never repeats personal data.
 *
 * @param kind {@code pii}, {@code brand}, {@code legal}, {@code fact}, {@code link} or
 * {@code slot}
 * @param code short code, for example {@code price_unknown}
 * @param severity how bad it is
 * @param where the part of the draft, for example {@code paragraphs[1]}
 * @param detail what was found and what is expected
 */
public record Finding(String kind, String code, Severity severity, String where, String detail) {

}
