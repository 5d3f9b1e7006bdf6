package io.waypost.agent.pii;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/**
 * Recognises telephone numbers: international and national ones that exist by the
 * numbering plan, and other groups of digits where the context speaks of a telephone.
 */
final class PhoneRecognizer implements PersonalDataRecognizer {

	private static final Pattern CANDIDATE = Pattern.compile(
			"(?i)(?<![\\w.#€$£+\\-])(?<!\\d[,/])(?:(?:\\+|00)[ (]?)?\\(?\\d(?:[ \u00a0().\\-/\u2011]{0,3}\\d){5,16}(?!\\d|[.,]\\d| ?(?:%|€|eur\\b|usd\\b))"
					+ "(?: ?(?:x|ext\\.?|extension|durchwahl|poste) ?\\d{1,6})?(?![\\w%])");

	private static final Set<String> CONTEXT = Set.of("phone", "call", "tel", "mobile", "cell", "fax", "office",
			"answering", "ring", "reach", "dial", "sms", "whatsapp", "anruf", "ruf", "handy", "mobil", "erreich",
			"appel", "portable", "joindre", "contact");

	private static final Set<String> NUMBER = Set.of("number", "nummer", "numéro");

	private static final Set<String> OTHER_NUMBERS = Set.of("order", "invoice", "tracking", "article", "isbn", "sku",
			"bestell", "rechnung", "artikel", "commande", "facture", "passport", "license", "licence", "ssn", "routing",
			"account", "apt ", "apt.", "suite ", "unit ", "box ", "card", "iban", "address", "lives at", "street");

	private static final List<String> REGIONS = List.of("US", "GB", "DE", "FR", "IL", "CN");

	private static final Pattern DATE = Pattern.compile(
			"(?:19|20)\\d{2}[-./ ]\\d{1,2}(?:[-./ ]\\d{1,2}.*)?|\\d{1,2}([./-])\\d{1,2}\\1(?:(?:19|20)\\d{2}.*|\\d{2})");

	private static final Pattern GROUPED_AMOUNT = Pattern.compile("\\d{1,3}(?:[ .]\\d{3}){1,8}");

	private static final double FIELD = 0.28;

	private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		if (!text.hasDigits(6)) {
			return;
		}
		Matcher candidate = CANDIDATE.matcher(text.text());
		while (candidate.find()) {
			double score = score(text, candidate);
			if (score > 0) {
				found.add(new PersonalDataEntity(PersonalDataType.PHONE_NUMBER, candidate.start(), candidate.end(),
						score));
			}
		}
	}

	private double score(ScannedText text, Matcher candidate) {
		String value = candidate.group();
		boolean international = value.startsWith("+") || value.startsWith("00") || value.startsWith("(+");
		boolean context = text.hasContext(candidate.start(), candidate.end(), CONTEXT);
		if (!international && !isNational(value, context)) {
			return 0;
		}
		boolean other = text.hasContext(candidate.start(), candidate.end(), OTHER_NUMBERS);
		if (other && !context) {
			return 0;
		}
		int digits = CheckDigits.digits(value).length();
		if (isValid(value, international)) {
			boolean grouped = value.length() > digits;
			boolean named = text.hasContext(candidate.start(), candidate.end(), NUMBER);
			boolean clear = international || (grouped && digits >= 8 && (!text.isField() || value.indexOf('(') >= 0));
			return (context || named) ? 0.95 : clear ? 0.85 : text.isField() ? FIELD : 0;
		}
		return (context && !other && digits <= 17) ? 0.7 : (international && digits >= 9) ? 0.6 : 0;
	}

	/** Excludes dates, and amounts such as 1 250 000 without a word about telephones. */
	private static boolean isNational(String value, boolean context) {
		return hasBalancedBrackets(value) && !DATE.matcher(value).matches()
				&& (context || !GROUPED_AMOUNT.matcher(value).matches());
	}

	private static boolean hasBalancedBrackets(String value) {
		return value.chars().filter((letter) -> letter == '(').count() == value.chars()
			.filter((letter) -> letter == ')')
			.count();
	}

	private boolean isValid(String value, boolean international) {
		for (String region : international ? List.of("ZZ") : REGIONS) {
			try {
				String dialled = value.startsWith("00") ? "+" + value.substring(2) : value;
				if (this.numbers.isValidNumber(this.numbers.parse(dialled, region))) {
					return true;
				}
			}
			catch (NumberParseException ex) {
				// Not a number of this region
			}
		}
		return false;
	}

}
