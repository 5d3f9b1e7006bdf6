package io.waypost.agent.pii;

import java.util.List;

/** Recognises one kind of personal data. */
interface PersonalDataRecognizer {

	/**
	 * Finds entities.
	 * @param text the text
	 * @param found list to add to; entities may overlap others
	 */
	void find(ScannedText text, List<PersonalDataEntity> found);

}
