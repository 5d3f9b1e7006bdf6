package io.waypost.feedback;

import java.util.List;
import java.util.Map;

/**
 * What the preference centre shows.
 *
 * @param language BCP 47 tag of its words
 * @param sender who writes
 * @param accentColour CSS hexadecimal colour
 * @param topic name of the topic the message was about
 * @param subscribed whether the person gets messages about it
 * @param choices everything the person can choose
 * @param words its words by key
 */
record PreferencePage(String language, String sender, String accentColour, String topic, boolean subscribed,
		List<TopicChoice> choices, Map<String, String> messages) {

	/**
	 * One topic.
	 *
	 * @param key what the form sends
	 * @param name what it is called
	 * @param description what one gets
	 * @param granted whether it is on
	 */
	record TopicChoice(String key, String name, String description, boolean granted) {

	}

}
