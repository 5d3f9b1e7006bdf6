package io.waypost.agent.pii;

/**
 * Personal data in a text.
 *
 * @param type the kind
 * @param start index of the first character (UTF-16), as for {@link String#substring}
 * @param end index after the last character
 * @param score 0 to 1: how certain it is
 */
public record PersonalDataEntity(PersonalDataType type, int start, int end, double score) {

}
