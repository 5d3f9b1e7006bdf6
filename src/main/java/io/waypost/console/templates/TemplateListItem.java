package io.waypost.console.templates;

import java.time.Instant;
import java.util.List;

/**
 * One template in the list.
 *
 * @param key its name
 * @param topic which consent it needs
 * @param live language and version of what is live, one text each
 * @param waiting what waits for approval, empty for nothing
 * @param changedAt when the newest version was written or approved
 * @param by who did that
 */
record TemplateListItem(String key, String topic, List<String> live, String waiting, Instant changedAt, String by) {

}
