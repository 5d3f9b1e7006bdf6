package io.waypost.console.decisiontables;

import java.util.regex.Pattern;

/** Formats FEEL expressions of decision table cells. */
final class FeelCellFormat {

	private static final Pattern RANGE = Pattern.compile("^\\[\\s*([^.\\s]+)\\s*\\.\\.\\s*([^\\]\\s]+)\\s*]$");

	private FeelCellFormat() {
	}

	static String input(String feel) {
		if (feel.isEmpty() || feel.equals("-")) {
			return "any";
		}
		String ranged = RANGE.matcher(feel).replaceAll("$1 to $2");
		return ranged.replaceAll(">=\\s*", "at least ")
			.replaceAll("<=\\s*", "at most ")
			.replaceAll(">\\s*", "more than ")
			.replaceAll("<\\s*", "less than ")
			.replaceAll("not\\(([^)]*)\\)", "not $1")
			.replaceAll("\\s*,\\s*", " or ")
			.replace("true", "yes")
			.replace("false", "no")
			.replace("null", "nothing")
			.replace("\"", "");
	}

	static String output(String feel) {
		return feel.isEmpty() ? "–" : feel.replace("\"", "");
	}

}
