package io.waypost.content;

import org.jspecify.annotations.Nullable;

/**
 * A version of an e-mail template. Its texts are Liquid with the merge tags that the
 * executor fills; a text that is null is written by the executor.
 *
 * @param key stable name used by journeys and campaigns, for example
 * {@code cart-abandonment}
 * @param version increases by one with each added version
 * @param topic subscription topic that recipients must have agreed to
 * @param locale BCP 47 language
 * @param subject Liquid, or null when the executor writes it
 * @param preheader Liquid, or null
 * @param headline Liquid, or null
 * @param body Liquid, paragraphs separated by blank lines, or null
 * @param callToAction Liquid, or null
 * @param approved whether messages may use it without review
 */
public record Template(String key, int version, String topic, String locale, @Nullable String subject,
		@Nullable String preheader, @Nullable String headline, @Nullable String body, @Nullable String callToAction,
		boolean approved) {

}
