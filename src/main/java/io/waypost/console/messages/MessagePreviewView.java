package io.waypost.console.messages;

import java.util.List;

import io.waypost.console.LabelledValue;

/**
 * A message to look at.
 *
 * @param id send id
 * @param subject subject
 * @param note whether it was sent like this or would be
 * @param facts from, to, headers
 * @param text plain-text part
 */
record MessagePreviewView(String id, String subject, String note, List<LabelledValue> facts, String text) {

}
