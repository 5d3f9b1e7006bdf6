package io.waypost.console.messages;

import java.util.List;

import io.waypost.console.LabelledValue;
import io.waypost.content.RenderedEmail;

/**
 * Preview of one message.
 *
 * @param id send id
 * @param subject subject line
 * @param note whether it shows the sent message or a preview
 * @param facts sender, recipient and headers
 * @param inbox what a mailbox shows
 * @param text plain-text part
 */
record MessagePreviewView(String id, String subject, String note, List<LabelledValue> facts,
		RenderedEmail.InboxSummary inbox, String text) {

}
