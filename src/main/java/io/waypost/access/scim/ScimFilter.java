package io.waypost.access.scim;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A filter: {@code <attribute> eq "<value>"}, several joined by {@code and}. Directories
 * use no more to find a user or a group.
 *
 * @param conditions wanted values by attribute in lower case
 */
record ScimFilter(Map<String, String> conditions) {

	private static final Pattern CONDITION = Pattern
		.compile("\\s*([A-Za-z:.0-9]+)\\s+(?i:eq)\\s+\"((?:[^\"\\\\]|\\\\[\"\\\\/])*)\"\\s*(?:(?i:and)\\s+(?=\\S)|$)");

	/**
	 * Parses a filter.
	 * @param text the parameter; null for all resources
	 * @param attributes the attributes that can be compared, in lower case
	 * @return the filter
	 * @throws ScimException a 400 that names the accepted form
	 */
	static ScimFilter parse(@Nullable String text, Set<String> attributes) {
		Map<String, String> conditions = new LinkedHashMap<>();
		if (text == null || text.isBlank()) {
			return new ScimFilter(conditions);
		}
		Matcher matcher = CONDITION.matcher(text);
		int end = 0;
		while (end < text.length() && matcher.find(end) && matcher.start() == end) {
			String attribute = matcher.group(1).toLowerCase(Locale.ROOT).replaceFirst("^urn:.*:(?=[^:]+$)", "");
			String value = matcher.group(2).replaceAll("\\\\(.)", "$1");
			if (!attributes.contains(attribute) || conditions.put(attribute, value) != null) {
				throw unsupported(text, attributes);
			}
			end = matcher.end();
		}
		if (end < text.length()) {
			throw unsupported(text, attributes);
		}
		return new ScimFilter(conditions);
	}

	@Nullable String value(String attribute) {
		return this.conditions.get(attribute);
	}

	private static ScimException unsupported(String text, Set<String> attributes) {
		return ScimException
			.invalidFilter("The filter '%s' is not supported; use <attribute> eq \"<value>\" with one of %s"
				.formatted(text, attributes.stream().sorted().toList()));
	}

}
