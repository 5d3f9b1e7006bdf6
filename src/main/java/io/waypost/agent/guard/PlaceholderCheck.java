package io.waypost.agent.guard;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.waypost.content.fact.FirstName;

/**
 * Finds unfilled placeholders of any tool, except the first name, which is filled on
 * rendering, and placeholders of the first name that are joined to other characters.
 */
final class PlaceholderCheck implements ContentCheck {

	static final Pattern FIRST_NAME = Pattern.compile("\\{\\{ first_name }}");

	/** Brackets and signs of merge tags; no text for readers contains them. */
	private static final Pattern SIGNS = Pattern
		.compile("[{}]|\\$\\{|\\$[a-zA-Z_]{3,}|%%|\\*\\||\\|\\*|<%|%>|<<|>>|«[\\w ]{0,30}_|@@|##"
				+ "|__+[\\p{L}\\d]|[\\p{L}\\d]__+|%[\\p{L}_]{3,40}%|\\[[^\\]\\d][^\\]]{0,60}\\]|\\[\\[|\\]\\]|<[/!]?[\\p{L}_][^<>]{0,60}>"
				+ "|&lt;\\w|\\(\\([\\p{L} _]{2,40}\\)\\)|\\[object |~\\w{2,30}~|\\^\\w{2,30}\\^"
				+ "|\\$\\(\\w|&&\\w|!!\\w{2,30}!!|¤|(?<![\\w=])=\\w{2,30}=(?![\\w=])|(?<!\\w):[a-z]{2,20}_[a-z]{2,20}:"
				+ "|(?iu)\\((?:(?:first|last|full|your|customer|product|company)[ _-]?name|name|vorname|nachname|prénom|nom|date|datum|link|url|product|produkt|city|stadt|ville|insert \\p{L}+|\\p{L}+ einfügen)\\)");

	private static final Pattern NAMES = Pattern.compile(
			"\\b(?:undefined|null|NaN|TODO|TBD|TBC|FIXME|XX+|xxx+|FNAME|LNAME|FIRST_?NAME|LAST_?NAME|VORNAME|NACHNAME|PRENOM|PRÉNOM)\\b|\\b[a-z]{2,20}_(?:name|first|last|date|code|id|url|product|city|email|nom|prenom)\\b"
					+ "|\\b(?:first|last|customer|user|product|order|nach|vor)_?[nN]ame\\b|(?<![\\w/?&=.@-])\\p{L}{2,20}_\\p{L}{2,20}(?![\\w=@.])|\\bfirstName\\b|\\blastName\\b|\\bFirstname\\b|\\bLastname\\b");

	/** What a match of {@link #NAMES} contains; a cheap test. */
	private static final List<String> PARTS = List.of("undefined", "null", "NaN", "TODO", "TBD", "TBC", "FIXME", "XX",
			"xxx", "NAME", "name", "Name", "NOM", "PR\u00c9NOM", "_");

	/** A greeting without a name, as an empty merge tag leaves it. */
	private static final Pattern EMPTY = Pattern.compile(
			"(?iu)(?:^|\\n)\\s*(?:dear|hi|hello|hey|hallo|liebe|lieber|liebe/r|bonjour|cher|chère|salut) (?:,|[?_.…-]{3,})");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<String> names = request.allowedNames();
		Stream<Finding> joined = DraftText.of(request.draft())
			.stream()
			.filter((part) -> !FirstName.standsAlone(part.text()))
			.map((part) -> new Finding("slot", "name_joined", Severity.BLOCKING, part.where(),
					"joins {{ first_name }} to other characters; the name must be a word of its own"));
		return Stream.concat(joined, unfilled(request, names)).toList();
	}

	private static Stream<Finding> unfilled(InspectionRequest request, List<String> names) {
		return Stream
			.concat(DraftText.of(request.draft()).stream(),
					request.draft()
						.items()
						.stream()
						.map((item) -> new DraftText("items", item.name() + ' ' + item.price())))
			.map((part) -> part.without(names))
			.filter((part) -> isOpen(
					part.text().indexOf('{') >= 0 ? FIRST_NAME.matcher(part.text()).replaceAll("x") : part.text()))
			.map((part) -> new Finding("slot", "slot_unfilled", Severity.BLOCKING, part.where(),
					"contains an unfilled placeholder"));
	}

	private static boolean isOpen(String text) {
		return (hasSign(text) && SIGNS.matcher(text).find())
				|| (PARTS.stream().anyMatch(text::contains) && NAMES.matcher(text).find())
				|| ((text.contains(" ,") || text.contains("???") || text.contains("___") || text.contains("..."))
						&& EMPTY.matcher(text).find());
	}

	/** Signs that a placeholder needs; a cheap test. */
	private static boolean hasSign(String text) {
		for (int i = 0; i < text.length(); i++) {
			switch (text.charAt(i)) {
				case '{', '}', '$', '%', '*', '|', '<', '>', '@', '#', '_', '[', ']', '~', '^', '\u00ab', '(', '&', '!',
						'\u00a4', '=' -> {
					return true;
				}
				default -> {
				}
			}
		}
		return false;
	}

}
