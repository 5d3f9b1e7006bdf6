package io.waypost.feedback;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How feedback is received.
 *
 * @param maxWebhookSize maximum size of a webhook body; SendGrid posts up to 768 KB
 * @param scannerWindow clicks within this time after delivery are attributed to a link
 * scanner
 */
@ConfigurationProperties("waypost.feedback")
record FeedbackSettings(@DefaultValue("2MB") DataSize maxWebhookSize, @DefaultValue("2s") Duration scannerWindow) {

}
