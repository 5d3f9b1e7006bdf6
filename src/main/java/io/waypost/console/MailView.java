package io.waypost.console;

import java.util.List;

/**
 * A message to look at.
 *
 * @param id send id
 * @param subject subject
 * @param note whether it was sent like this or would be
 * @param facts from, to, headers
 * @param text plain-text part
 */
record MailView(String id, String subject, String note, List<Fact> facts, String text) {

}
