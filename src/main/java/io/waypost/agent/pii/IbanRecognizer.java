package io.waypost.agent.pii;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises IBANs: length of the country, check digits; capital or small letters, groups
 * separated by spaces or hyphens.
 */
final class IbanRecognizer implements PersonalDataRecognizer {

	private static final Pattern START = Pattern.compile("(?<!\\w)(?:[A-Z]{2}|[a-z]{2})\\d{2}(?=[ -]?[A-Za-z0-9])");

	/** ISO 13616 registry. */
	private static final Map<String, Integer> LENGTHS = lengths(
			"AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
					+ "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 "
					+ "IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 "
					+ "NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 "
					+ "SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		if (!text.hasDigits(8)) {
			return;
		}
		Matcher start = START.matcher(text.text());
		while (start.find()) {
			int end = end(text.text(), start.start());
			if (end > 0) {
				found.add(new PersonalDataEntity(PersonalDataType.IBAN_CODE, start.start(), end, 1));
			}
		}
	}

	/** Returns the end of the IBAN that begins at a position, 0 if none does. */
	private static int end(String text, int start) {
		Integer length = LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
		if (length == null) {
			return 0;
		}
		boolean lower = Character.isLowerCase(text.charAt(start));
		StringBuilder compact = new StringBuilder(length);
		int at = start;
		while (at < text.length() && compact.length() < length) {
			char letter = text.charAt(at);
			boolean separator = letter == ' ' || letter == '-' || letter == '\u00a0';
			if (!separator && !isPart(letter, lower)) {
				return 0;
			}
			if (!separator) {
				compact.append(letter);
			}
			at++;
		}
		boolean complete = compact.length() == length
				&& (at == text.length() || !Character.isLetterOrDigit(text.charAt(at)));
		return (complete && CheckDigits.iban(compact.toString())) ? at : 0;
	}

	private static boolean isPart(char letter, boolean lower) {
		return (letter >= '0' && letter <= '9')
				|| (lower ? letter >= 'a' && letter <= 'z' : letter >= 'A' && letter <= 'Z');
	}

	private static Map<String, Integer> lengths(String registry) {
		Map<String, Integer> lengths = new HashMap<>();
		for (String country : registry.split(" ", -1)) {
			lengths.put(country.substring(0, 2), Integer.valueOf(country.substring(2)));
		}
		return lengths;
	}

}
