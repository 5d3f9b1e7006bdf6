package io.waypost.content;

import org.jspecify.annotations.Nullable;

/**
 * An authored message skeleton. The text fields are Liquid over the slots the executor
 * fills.
 *
 * @param key stable name used by journeys, for example {@code cart-abandonment}
 * @param version grows with every change
 * @param topic which consent it needs
 * @param locale BCP 47 language
 * @param subject Liquid, or null when the executor writes it
 * @param preheader Liquid, or null
 * @param headline Liquid, or null
 * @param body Liquid, paragraphs separated by blank lines, or null
 * @param callToAction Liquid, or null
 * @param approved whether it may be used without review
 */
public record Template(String key, int version, String topic, String locale, @Nullable String subject,
		@Nullable String preheader, @Nullable String headline, @Nullable String body, @Nullable String callToAction,
		boolean approved) {

}
