package io.waypost.console.templates;

import java.time.Instant;
import java.util.List;

/**
 * A template in the list.
 *
 * @param key its name
 * @param topic consent topic
 * @param live languages with their live versions
 * @param pending version that needs approval, empty for none
 * @param changedAt when the last version was created or approved
 * @param by who did that
 */
record TemplateListItem(String key, String topic, List<String> live, String pending, Instant changedAt, String by) {

}
