package io.waypost.agent.pii;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises dates and times in figures, and dates with the name of the month. */
final class DateRecognizer implements PersonalDataRecognizer {

	private static final String MONTH = "(?:jan(?:uary|uar|vier|v)?|feb(?:ruary|ruar)?|févr?(?:ier)?|mar(?:ch|s)?|märz|apr(?:il)?|avr(?:il)?|may|mai|june?|juni|juin|july?|juli|juill?(?:et)?|aug(?:ust)?|août|sept?(?:ember|embre)?|okt(?:ober)?|oct(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|déc(?:embre)?)\\.?";

	private static final Pattern PATTERN = Pattern.compile("(?iu)(?<![\\w./$€£-])(?<!\\d,)(?:"
			+ "\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?: ?Z|[+-]\\d{2}:?\\d{2})?)?"
			+ "|\\d{1,2}/\\d{1,2}/(?:\\d{4}|\\d{2})|\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4}|\\d{2})|\\d{1,2}-\\d{1,2}-\\d{4}"
			+ "|\\d{4}/\\d{1,2}/\\d{1,2}|(?:0?[1-9]|1[0-2])/(?:\\d{4}|[0-3]?\\d)"
			+ "|\\d{1,2}(?:st|nd|rd|th|er|\\.)? (?:of )?" + MONTH + "(?:,? \\d{4})?|" + MONTH
			+ " \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?)(?![\\w/%-])");

	private static final Pattern WEEKDAY = Pattern.compile(
			"(?iu)(?<![\\w-])(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?![\\w-])");

	private final PatternRecognizer weekdays = new PatternRecognizer(PersonalDataType.DATE_TIME, (text) -> true,
			WEEKDAY, (match) -> true, PatternRecognizer.LIKELY, Set.of());

	private final PatternRecognizer recognizer = new PatternRecognizer(PersonalDataType.DATE_TIME,
			(text) -> text.hasDigits(2), PATTERN, (match) -> true, 0.6, Set.of("birth", "born", "dob", "date", "when",
					"since", "geboren", "geburt", "né le", "née le", "naissance"));

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		this.recognizer.find(text, found);
		this.weekdays.find(text, found);
	}

}
