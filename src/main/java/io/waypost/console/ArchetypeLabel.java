package io.waypost.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.springframework.stereotype.Component;

/** Makes a label from an archetype key: {@code goal|language|stage|value|category}. */
@Component
public class ArchetypeLabel {

	private static final String ANY = "*";

	private final Labels labels;

	public ArchetypeLabel(Labels labels) {
		this.labels = labels;
	}

	public String of(String key) {
		String[] parts = key.split("\\|", 5);
		if (parts.length != 5) {
			return key;
		}
		List<String> names = new ArrayList<>();
		if (!parts[2].equals(ANY)) {
			names.add(Labels.humanise(parts[2]));
		}
		if (!parts[3].equals(ANY)) {
			names.add(this.labels.text("archetype.orderValue", parts[3]));
		}
		if (!parts[4].equals(ANY)) {
			names.add(parts[4].isBlank() ? this.labels.text("archetype.noCategory")
					: this.labels.text("archetype.category", parts[4]));
		}
		if (names.isEmpty()) {
			names.add(this.labels.text("archetype.others"));
		}
		if (!parts[1].equals(ANY)) {
			names.add(Locale.forLanguageTag(parts[1]).getDisplayLanguage(Locale.ENGLISH));
		}
		return String.join(", ", names);
	}

}
