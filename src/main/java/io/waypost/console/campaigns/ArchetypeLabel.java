package io.waypost.console.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.console.Labels;

/** Reads the key of an archetype aloud: {@code goal|language|stage|value|category}. */
public final class ArchetypeLabel {

	private static final String ANY = "*";

	private ArchetypeLabel() {
	}

	public static String of(String key) {
		String[] parts = key.split("\\|", 5);
		if (parts.length != 5) {
			return key;
		}
		List<String> words = new ArrayList<>();
		if (!parts[2].equals(ANY)) {
			words.add(Labels.humanise(parts[2]));
		}
		if (!parts[3].equals(ANY)) {
			words.add("%s order value".formatted(parts[3]));
		}
		if (!parts[4].equals(ANY)) {
			words.add("leans to %s".formatted(parts[4].isBlank() ? "nothing yet" : parts[4]));
		}
		if (words.isEmpty()) {
			words.add("Everybody else");
		}
		if (!parts[1].equals(ANY)) {
			words.add(Locale.forLanguageTag(parts[1]).getDisplayLanguage(Locale.ENGLISH));
		}
		return String.join(", ", words);
	}

}
