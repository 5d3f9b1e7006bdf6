package io.waypost.logging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces identifiers and secrets in text by labels such as {@code [e-mail]}. One scan
 * decides which patterns are tried, so that an ordinary line costs little. The patterns
 * have bounds and possessive quantifiers: their time grows linearly with the text.
 */
final class LogRedactor {

	/** The value of a setting or field: quoted, or up to the next separator. */
	private static final String VALUE = "(?:\"(?:[^\"\\\\]|\\\\.){0,500}+\"?|'[^']{0,500}+'?|\\[?+[^\\s\"',;&\\])}]++)";

	private static final List<Rule> RULES = List.of(
			// Headers, up to the end of the line or of the printed map
			rule(LogTriggers.SECRET,
					"(?i)(\\b(?:authorization|cookie|x-vault-token|x-api-key)[\"']?+\\s*+[:=]\\s*+)"
							+ "[^\\r\\n\\]})]++",
					"$1[secret]"),
			rule(LogTriggers.SECRET,
					"((?i:\\b(?:bearer|basic))[ \\t]++)(?=\\S{0,400}(?:[\\d_=]|[a-z][A-Z]))" + "[\\w~+/.=:-]{6,}+",
					"$1[secret]"),
			rule(LogTriggers.SECRET,
					"(?i)((?:password|passwd|pwd|secret|token|credentials?|(?:api|write|link|master|access)[-_. ]?+key)"
							+ "[\"']?+\\s{0,3}+(?:[:=]|%3A|%3D)\\s{0,3}+)" + VALUE,
					"$1[secret]"),
			rule(LogTriggers.SECRET, "(://)[^/\\s@]{1,200}+(?=@)", "$1[secret]"),
			rule(LogTriggers.SECRET, "(/(?:t/[oc]|u|invitation)/)[\\w.~%-]{16,}+", "$1[secret]"),
			rule(LogTriggers.SECRET,
					"\\b(?:wp[tkis]_[\\w-]{8,}+|eyJ[\\w-]{8,}+\\.[\\w-]{4,}+(?:\\.[\\w-]*+)?+"
							+ "|(?:AKIA|ASIA)[A-Z0-9]{12,}+|(?:hv[sbr]\\.|SG\\.|sk-|gh[ps]_)[\\w.-]{16,}+)",
					"[secret]"),
			// PostgreSQL quotes the values of a violated key
			rule(LogTriggers.KEY_DETAIL, "(Key \\([^)]{1,200}+\\)=\\().{0,1000}?(\\)(?= |\\.|$))", "$1[redacted]$2"),
			// Loopback, private and link-local addresses belong to the installation
			rule(LogTriggers.ADDRESS, "(?<![\\w.-])(?!(?:0|10|127|192\\.168|169\\.254|172\\.(?:1[6-9]|2\\d|3[01]))\\.)"
					+ "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\w-]|\\.\\d)",
					"[address]"),
			rule(LogTriggers.ADDRESS,
					"(?i)(?<![\\w:.])[23][0-9a-f]{3}(?=[0-9a-f:]{0,40}::|(?::[0-9a-f]{1,4}){7})"
							+ "[0-9a-f:]{2,36}+(?!\\w)",
					"[address]"),
			// RFC 3966, E.164, the prefix 00, and groups of 3, 3 and 4 digits
			rule(LogTriggers.PHONE, "(?i)(\\btel:)[+\uff0b]?+[\\d().\\- ]{4,24}+", "$1[phone]"),
			rule(LogTriggers.PHONE,
					"(?<![\\w+.\uff0b])(?:[+\uff0b]|%2B|00(?= ?[1-9]))[ (]?+\\d(?:[ .()/\\-\u00a0\u2011]{0,3}+\\d){6,14}+(?!\\w)",
					"[phone]"),
			rule(LogTriggers.PHONE, "(?<![\\w.\\-])(?:\\(\\d{3}\\) ?+|\\d{3}[-. ])\\d{3}[-. ]\\d{4}(?![\\w-])",
					"[phone]"));

	private LogRedactor() {
	}

	/**
	 * Redacts a text.
	 * @param text message of a log line or of an exception
	 * @return the same object if there is nothing to redact
	 */
	static String redact(String text) {
		int triggers = LogTriggers.scan(text);
		if (triggers == 0) {
			return text;
		}
		String redacted = text;
		for (Rule rule : RULES) {
			if ((triggers & rule.trigger()) != 0) {
				redacted = rule.pattern().matcher(redacted).replaceAll(rule.replacement());
			}
		}
		return ((triggers & LogTriggers.EMAIL) != 0) ? EmailRedactor.redact(redacted) : redacted;
	}

	private static Rule rule(int trigger, String pattern, String replacement) {
		return new Rule(trigger, Pattern.compile(pattern), replacement);
	}

	/** A pattern, tried if the scan found its trigger. */
	private record Rule(int trigger, Pattern pattern, String replacement) {
	}

}
