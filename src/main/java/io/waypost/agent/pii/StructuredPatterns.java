package io.waypost.agent.pii;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Recognisers of identifiers with one notation. */
final class StructuredPatterns {

	private static final Predicate<ScannedText> SEVEN_DIGITS = (text) -> text.hasDigits(7);

	private static final Predicate<String> ANY = (match) -> true;

	private static final Set<String> LICENCE = Set.of("driver", "driving", "licence", "license", "permit", "dl");

	private static final Set<String> PASSPORT = Set.of("passport", "travel document");

	static final List<PersonalDataRecognizer> ALL = List.of(
			new PatternRecognizer(PersonalDataType.CREDIT_CARD, (text) -> text.hasDigits(12),
					Pattern.compile("(?<![\\w.-])[1-6](?:[ -]?\\d){11,18}(?![\\w-])"), StructuredPatterns::isCard, 0.9,
					Set.of("card", "credit", "visa", "master", "amex", "maestro", "karte", "carte")),
			new PatternRecognizer(PersonalDataType.MAC_ADDRESS, (text) -> text.hasColons(5) || text
				.hasDigits(1), Pattern.compile(
						"(?<![\\w:-])(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5})(?![\\w:-])"),
					StructuredPatterns::isMac, 0.8, Set.of("mac", "hardware", "ethernet")),
			new PatternRecognizer(PersonalDataType.US_SSN, SEVEN_DIGITS,
					Pattern.compile("(?<![\\w.-])\\d{3}-\\d{2}-\\d{4}(?![\\w-])"),
					StructuredPatterns::isSocialSecurityNumber, 0.85, Set.of("ssn", "social", "security")),
			new PatternRecognizer(PersonalDataType.US_SSN, SEVEN_DIGITS, Pattern
				.compile("(?<![\\w.-])(?<!\\d )(?:\\d{3} \\d{2} \\d{4}|\\d{3}-\\d{6}|\\d{5}-\\d{4}|\\d{9})(?![\\w-])"),
					StructuredPatterns::isSocialSecurityNumber, 0.4, Set.of("ssn", "social", "security")),
			new PatternRecognizer(PersonalDataType.US_ITIN, SEVEN_DIGITS, Pattern
				.compile("(?<![\\w.-])(?<!\\d )9\\d{2}[- ]?(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])[- ]?\\d{4}(?![\\w-])"),
					(match) -> match.length() > 9, 0.8, Set.of("itin", "tax", "taxpayer")),
			new PatternRecognizer(PersonalDataType.US_PASSPORT, SEVEN_DIGITS,
					Pattern.compile("(?i)(?<![\\w.-])[a-z]?\\d{8}\\d?(?![\\w-])"), (match) -> match.length() == 9, 0.3,
					PASSPORT),
			new PatternRecognizer(PersonalDataType.US_DRIVER_LICENSE, (text) -> text.hasDigits(4), Pattern.compile(
					"(?i)(?<![\\w.-])(?:[a-z]{1,2}\\d{3,12}[a-z]?|[a-z]\\d{3}-\\d{4}-\\d{4}|[a-z]\\d{3}-\\d{3}-\\d{2}-\\d{3}-\\d|[a-z]\\d{2}-\\d{2}-\\d{4}|\\d{3}[a-z]{2}\\d{4}|\\d{2}[a-z]{3}\\d{5,6}|\\d{7,14}|[a-z]{3}(?:\\*\\*|[a-z]{2})[a-z]{2}\\d{3}[a-z\\d]{2})(?![\\w-])"),
					ANY, 0.2, LICENCE),
			new PatternRecognizer(PersonalDataType.US_BANK_NUMBER, SEVEN_DIGITS,
					Pattern.compile("(?<![\\w.-])\\d{8,17}(?![\\w-])"), ANY, 0.1,
					Set.of("bank", "account number", "account no", "account #", "checking", "savings", "debit")),
			new PatternRecognizer(PersonalDataType.ABA_ROUTING_NUMBER, SEVEN_DIGITS,
					Pattern.compile("(?<![\\w.-])[0123678]\\d{3}-?\\d{4}-?\\d(?![\\w-])"), CheckDigits::routingNumber,
					0.46, Set.of("aba", "routing", "rtn")),
			new PatternRecognizer(PersonalDataType.US_MBI, (text) -> text.hasDigits(4), Pattern.compile(
					"(?i)(?<![\\w-])[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\\d-?[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\\d-?[ac-hj-km-np-rt-y]{2}\\d{2}(?![\\w-])"),
					ANY, 0.7, Set.of("mbi", "medicare", "beneficiary")),
			new PatternRecognizer(PersonalDataType.US_NPI, SEVEN_DIGITS,
					Pattern.compile("(?<![\\w.-])[12]\\d{3}-?\\d{3}-?\\d{3}(?![\\w-])"),
					(match) -> CheckDigits.luhn("80840" + CheckDigits.digits(match)), 0.45,
					Set.of("npi", "provider", "taxonomy")),
			new PatternRecognizer(PersonalDataType.MEDICAL_LICENSE, SEVEN_DIGITS,
					Pattern.compile("(?i)(?<![\\w.-])[abcdefghjklmprstux][a-z]\\d{7}(?![\\w-])"),
					CheckDigits::medicalLicense, 0.45, Set.of("medical", "certificate", "dea", "doctor", "physician")),
			new PatternRecognizer(PersonalDataType.UK_NHS, SEVEN_DIGITS,
					Pattern.compile("(?<![\\w.-])\\d{3}[- ]?\\d{3}[- ]?\\d{4}(?![\\w-])"), CheckDigits::nhs, 0.47,
					Set.of("nhs", "health")),
			new PatternRecognizer(PersonalDataType.UK_NINO, (text) -> text.hasDigits(6), Pattern.compile(
					"(?i)(?<![\\w.-])(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z] ?\\d{2} ?\\d{2} ?\\d{2} ?[a-d](?![\\w-])"),
					ANY, 0.7, Set.of("nino", "national insurance", "ni number")),
			new PatternRecognizer(PersonalDataType.UK_PASSPORT, SEVEN_DIGITS,
					Pattern.compile("(?<![\\w.-])[A-Z]{2}\\d{7}(?![\\w-])"), ANY, 0.35, PASSPORT),
			new PatternRecognizer(PersonalDataType.UK_DRIVING_LICENCE, (text) -> text.hasDigits(6), Pattern.compile(
					"(?i)(?<![\\w.-])(?=\\w{16}(?!\\w))[a-z]{1,5}9{0,4}\\d[0156]\\d[0-3]\\d{2}[a-z9]{2}\\d?[a-z0-9]{2,3}(?![\\w-])"),
					ANY, 0.6, LICENCE),
			new PatternRecognizer(PersonalDataType.UK_POSTCODE, (text) -> text.hasDigits(1), Pattern.compile(
					"(?<![\\w.-])(?:GIR ?0AA|(?:[A-PR-UWYZ][A-HK-Y]?\\d[\\dA-HJKPSTUW]?) ?\\d[ABD-HJLNP-UW-Z]{2})(?![\\w-])"),
					ANY, 0.5, Set.of("postcode", "address", "lives")),
			new PatternRecognizer(PersonalDataType.CRYPTO, (text) -> text.hasDigits(2),
					Pattern.compile("(?<!\\w)(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|(?i:bc1)[0-9a-zA-Z]{11,71})(?!\\w)"),
					CheckDigits::wallet, 1, Set.of()),
			new PatternRecognizer(PersonalDataType.URL, (text) -> text.hasInnerDot() || text.hasColons(1), Pattern
				.compile(
						"(?i)(?<![@\\w])(?:https?|ftp)://[^\\s<>\"'\\\\]*[^\\s<>\"'.,;:!?)\\]\\\\]|(?<![@\\w./-])www\\.[^\\s<>\"'\\\\]*[^\\s<>\"'.,;:!?)\\]\\\\]"
								+ "|(?<![@\\w./-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,100}(?:com|net|org|info|biz|io|co|shop|store|app|dev|online|site|xyz|eu|uk|us|de|fr|at|ch|it|es|nl|be|pl|cz|se|no|dk|fi|pt|ie|ca|au|nz|jp|cn|in|br|mx|ru)(?![\\w@-])(?:/[^\\s<>\"']*[^\\s<>\"'.,;:!?)])?"),
					StructuredPatterns::isUrl, 0.6, Set.of()));

	private StructuredPatterns() {
	}

	/** 12 digits only for Maestro; 13 to 19 for others. */
	static boolean isCard(String text) {
		String digits = CheckDigits.digits(text);
		return CheckDigits.luhn(digits) && (digits.length() > 12 || digits.startsWith("5") || digits.startsWith("6"));
	}

	/** Neither the empty address nor that of all hosts. */
	private static boolean isMac(String text) {
		return text.chars().filter(Character::isLetterOrDigit).distinct().count() > 1
				&& text.chars().anyMatch(Character::isLetter)
				|| text.chars().filter((c) -> c == ':').count() == 5
						&& text.chars().filter(Character::isLetterOrDigit).distinct().count() > 1;
	}

	/**
	 * Area 000, 666, 900 to 999, group 00, serial 0000 and advertised numbers do not
	 * exist.
	 */
	private static boolean isSocialSecurityNumber(String text) {
		String digits = CheckDigits.digits(text);
		return !digits.startsWith("000") && !digits.startsWith("666") && digits.charAt(0) != '9'
				&& !digits.startsWith("00", 3) && !digits.endsWith("0000") && !digits.equals("123456789")
				&& !digits.equals("078051120") && digits.chars().distinct().count() > 1;
	}

	private static boolean isUrl(String text) {
		int scheme = text.indexOf("://");
		return scheme < 0 || text.indexOf('.', scheme) > 0;
	}

}
