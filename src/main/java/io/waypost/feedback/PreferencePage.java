package io.waypost.feedback;

import java.util.List;
import java.util.Map;

/**
 * Model of the preference page.
 *
 * @param language BCP 47 tag of the page's texts
 * @param sender name of the sender
 * @param accentColour CSS hexadecimal colour
 * @param topic name of the topic of the message
 * @param subscribed whether the recipient is subscribed to that topic
 * @param choices all topics that the recipient can choose
 * @param messages texts of the page by key
 */
record PreferencePage(String language, String sender, String accentColour, String topic, boolean subscribed,
		List<TopicChoice> choices, Map<String, String> messages) {

	/**
	 * One topic.
	 *
	 * @param key value of the form field
	 * @param name displayed name
	 * @param description what the recipient receives
	 * @param granted whether it is selected
	 */
	record TopicChoice(String key, String name, String description, boolean granted) {

	}

}
