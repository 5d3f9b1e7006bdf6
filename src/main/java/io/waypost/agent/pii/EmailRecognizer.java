package io.waypost.agent.pii;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises e-mail addresses: RFC 5322 with quoted local parts and address literals, RFC
 * 6531 with letters of all scripts, and addresses whose signs are written as words.
 */
final class EmailRecognizer implements PersonalDataRecognizer {

	private static final String ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]";

	private static final String LABEL = "[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";

	private static final Pattern ADDRESS = Pattern
		.compile("(?:(?<!" + ATOM + ")" + ATOM + "{1,64}+(?:\\." + ATOM + "{1,64}+){0,8}+"
				+ "|\"(?:[^\"\\\\\\r\\n]|\\\\.){1,64}+\")[@\uff20](?:\\[(?:IPv6:)?[0-9A-Fa-f:.]{2,45}\\]|(?:" + LABEL
				+ "\\.){1,8}[\\p{L}][\\p{L}\\p{M}\\p{N}-]{0,60}[\\p{L}\\p{N}])");

	/** jane (at) example (dot) org, jane dot doe at example dot com. */
	private static final Pattern WORDED = Pattern.compile(
			"(?i)(?<![\\w.])[\\w.+-]{1,64}(?: ?[(\\[{]? ?(?:dot|punkt|point) ?[)\\]}]? ?[\\w+-]{1,40}){0,3} ?(?:[(\\[{] ?(?:at|ät|arobase|@) ?[)\\]}]|(?<= )at(?= )) ?[\\w-]{1,60}(?: ?(?:[(\\[{] ?(?:dot|punkt|point|\\.) ?[)\\]}]|(?<= )(?:dot|punkt|point)(?= )|\\.) ?[a-z]{2,24}){1,3}(?!\\w)");

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		if (text.hasAt() || text.text().indexOf('\uff20') >= 0) {
			add(ADDRESS.matcher(text.text()), 1, found);
		}
		if (maybeWorded(text.text())) {
			Matcher worded = WORDED.matcher(text.text());
			while (worded.find()) {
				if (isWorded(worded.group())) {
					found
						.add(new PersonalDataEntity(PersonalDataType.EMAIL_ADDRESS, worded.start(), worded.end(), 0.9));
				}
			}
		}
	}

	static boolean maybeWorded(String text) {
		return text.contains(" dot ") || text.contains(" punkt ") || text.contains(" point ") || text.contains("(dot)")
				|| text.contains("[dot]") || text.contains("(at)") || text.contains("[at]") || text.contains("(AT)")
				|| text.contains("(punkt)") || text.contains("(@)") || text.contains("[@]");
	}

	/** "meet at noon. We" has neither brackets nor a worded dot. */
	private static boolean isWorded(String match) {
		return match.indexOf('(') >= 0 || match.indexOf('[') >= 0 || match.indexOf('{') >= 0
				|| match.matches("(?i).* (?:dot|punkt|point) .*");
	}

	private static void add(Matcher matcher, double score, List<PersonalDataEntity> found) {
		while (matcher.find()) {
			found.add(new PersonalDataEntity(PersonalDataType.EMAIL_ADDRESS, matcher.start(), matcher.end(), score));
		}
	}

}
