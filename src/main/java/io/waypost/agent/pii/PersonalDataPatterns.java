package io.waypost.agent.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Recognises structured personal data by pattern and, if there is one, check digit. */
final class PersonalDataPatterns {

	static final List<Recognizer> RECOGNIZERS = List.of(
			new Recognizer(PersonalDataType.EMAIL_ADDRESS,
					Pattern
						.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,24}"),
					(text) -> text.indexOf('@') >= 0, (match) -> true),
			new Recognizer(PersonalDataType.IBAN_CODE,
					Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b"),
					PersonalDataPatterns::hasDigit, PersonalDataPatterns::isIban),
			new Recognizer(PersonalDataType.CREDIT_CARD, Pattern.compile("\\b\\d(?:[ -]?\\d){12,18}\\b"),
					PersonalDataPatterns::hasDigit, PersonalDataPatterns::isCard),
			new Recognizer(PersonalDataType.IP_ADDRESS, Pattern.compile(
					"\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b|\\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\\b"),
					(text) -> text.indexOf(':') >= 0 || hasDigit(text), (match) -> true),
			new Recognizer(PersonalDataType.PHONE_NUMBER, Pattern.compile(
					"(?:\\+|\\b00)[1-9](?:[ ()./-]{0,2}\\d){7,14}\\b|(?:\\(0\\d{2,5}\\)|\\b0\\d{2,5})[ /-]?(?:[ -]?\\d){5,9}\\b|\\(?\\b\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4}\\b"),
					PersonalDataPatterns::hasDigit, PersonalDataPatterns::isPhone));

	private PersonalDataPatterns() {
	}

	/** Finds personal data in a text, without overlaps. */
	static List<PersonalDataEntity> find(String text) {
		List<PersonalDataEntity> hits = new ArrayList<>();
		for (Recognizer recogniser : RECOGNIZERS) {
			if (!recogniser.possible().test(text)) {
				continue;
			}
			recogniser.pattern()
				.matcher(text)
				.results()
				.filter((match) -> recogniser.genuine().test(match.group()))
				.filter((match) -> hits.stream()
					.noneMatch((hit) -> match.start() < hit.end() && hit.start() < match.end()))
				.forEach((match) -> hits.add(new PersonalDataEntity(recogniser.type(), match.start(), match.end(), 1)));
		}
		return hits;
	}

	/**
	 * ISO 13616: with its first four characters moved to the end, the number modulo 97 is
	 * 1.
	 */
	static boolean isIban(String text) {
		String compact = text.replace(" ", "");
		if (compact.length() < 15 || compact.length() > 34) {
			return false;
		}
		String rotated = compact.substring(4) + compact.substring(0, 4);
		int remainder = 0;
		for (char letter : rotated.toCharArray()) {
			int value = Character.digit(letter, 36);
			remainder = (remainder * ((value > 9) ? 100 : 10) + value) % 97;
		}
		return remainder == 1;
	}

	/** ISO 7812: Luhn check digit. */
	static boolean isCard(String text) {
		String digits = text.replaceAll("\\D", "");
		int sum = 0;
		for (int i = 0; i < digits.length(); i++) {
			int digit = digits.charAt(digits.length() - 1 - i) - '0';
			int doubled = (i % 2 == 1) ? digit * 2 : digit;
			sum += (doubled > 9) ? doubled - 9 : doubled;
		}
		return sum % 10 == 0 && digits.chars().distinct().count() > 1;
	}

	static boolean hasDigit(String text) {
		return text.chars().anyMatch((letter) -> letter >= '0' && letter <= '9');
	}

	private static boolean isPhone(String text) {
		long digits = text.chars().filter(Character::isDigit).count();
		return digits >= 8 && digits <= 15;
	}

	/**
	 * Recognises one kind of personal data.
	 *
	 * @param type the kind
	 * @param pattern the pattern
	 * @param possible cheap test whether the pattern can match a text
	 * @param genuine validates a match, for example its check digit
	 */
	record Recognizer(PersonalDataType type, Pattern pattern, Predicate<String> possible, Predicate<String> genuine) {

	}

}
