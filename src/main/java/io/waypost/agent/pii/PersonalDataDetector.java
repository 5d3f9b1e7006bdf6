package io.waypost.agent.pii;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds personal data in texts. Safe for use by several threads. */
public final class PersonalDataDetector {

	/**
	 * Finds structured personal data.
	 * @param text any text
	 * @return the entities in the order of the text, without overlaps
	 */
	public List<PersonalDataEntity> structured(String text) {
		return PersonalDataPatterns.find(text)
			.stream()
			.sorted(Comparator.comparingInt(PersonalDataEntity::start))
			.toList();
	}

	/**
	 * Finds personal data of all kinds.
	 * @param text any text
	 * @param locale language of the text, and country of local notations
	 * @return the entities in the order of the text, without overlaps
	 */
	public List<PersonalDataEntity> find(String text, Locale locale) {
		return structured(text);
	}

}
