package io.waypost.feedback;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How feedback is taken in.
 *
 * @param largestWebhook body of a webhook at the most; SendGrid posts up to 768 KB
 * @param scannerWindow clicks sooner than this after delivery are a scanner's
 */
@ConfigurationProperties("waypost.feedback")
record FeedbackSettings(@DefaultValue("2MB") DataSize largestWebhook, @DefaultValue("2s") Duration scannerWindow) {

}
