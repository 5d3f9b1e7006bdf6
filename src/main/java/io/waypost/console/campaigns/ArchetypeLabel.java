package io.waypost.console.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.console.Labels;

/** Makes a label from an archetype key: {@code goal|language|stage|value|category}. */
public final class ArchetypeLabel {

	private static final String ANY = "*";

	private ArchetypeLabel() {
	}

	public static String of(String key) {
		String[] parts = key.split("\\|", 5);
		if (parts.length != 5) {
			return key;
		}
		List<String> labels = new ArrayList<>();
		if (!parts[2].equals(ANY)) {
			labels.add(Labels.humanise(parts[2]));
		}
		if (!parts[3].equals(ANY)) {
			labels.add("%s order value".formatted(parts[3]));
		}
		if (!parts[4].equals(ANY)) {
			labels.add("top category %s".formatted(parts[4].isBlank() ? "unknown" : parts[4]));
		}
		if (labels.isEmpty()) {
			labels.add("All others");
		}
		if (!parts[1].equals(ANY)) {
			labels.add(Locale.forLanguageTag(parts[1]).getDisplayLanguage(Locale.ENGLISH));
		}
		return String.join(", ", labels);
	}

}
