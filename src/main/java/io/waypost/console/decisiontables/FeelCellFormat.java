package io.waypost.console.decisiontables;

import java.util.regex.Pattern;

import io.waypost.console.Labels;

import org.springframework.stereotype.Component;

/** Formats FEEL expressions of decision table cells. */
@Component
class FeelCellFormat {

	private static final Pattern RANGE = Pattern.compile("^\\[\\s*([^.\\s]+)\\s*\\.\\.\\s*([^\\]\\s]+)\\s*]$");

	private final Labels labels;

	FeelCellFormat(Labels labels) {
		this.labels = labels;
	}

	String input(String feel) {
		if (feel.isEmpty() || feel.equals("-")) {
			return text("any");
		}
		String ranged = RANGE.matcher(feel).replaceAll(text("range", "$1", "$2"));
		return ranged.replaceAll(">=\\s*", text("atLeast") + " ")
			.replaceAll("<=\\s*", text("atMost") + " ")
			.replaceAll(">\\s*", text("moreThan") + " ")
			.replaceAll("<\\s*", text("lessThan") + " ")
			.replaceAll("not\\(([^)]*)\\)", text("not", "$1"))
			.replaceAll("\\s*,\\s*", " " + text("or") + " ")
			.replace("true", text("yes"))
			.replace("false", text("no"))
			.replace("null", text("nothing"))
			.replace("\"", "");
	}

	String output(String feel) {
		return feel.isEmpty() ? "–" : feel.replace("\"", "");
	}

	private String text(String key, Object... arguments) {
		return this.labels.text("cell." + key, arguments);
	}

}
