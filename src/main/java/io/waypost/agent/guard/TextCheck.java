package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds letters nobody can see, line breaks where none may be, and texts out of bounds.
 */
final class TextCheck implements ContentCheck {

	/** Zero-width, bidirectional controls, tags, private use, other controls. */
	static final Pattern INVISIBLE = Pattern.compile(
			"[\\p{Cntrl}&&[^\\n\\r\\t]]|[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]|[\\x{e0000}-\\x{e0fff}]|\\p{Co}");

	private static final int MOST_SUBJECT = 200;

	private static final int MOST_TEXT = 5_000;

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		int length = 0;
		for (DraftText passage : DraftText.of(inspection.draft())) {
			length += passage.text().length();
			if (!TextFeatures.isPlain(passage.text()) && INVISIBLE.matcher(passage.text()).find()) {
				findings.add(fault("invisible_letters", Severity.SEVERE, passage.where(),
						"holds letters that cannot be seen or turn the reading direction"));
			}
		}
		String subject = inspection.draft().subject();
		if (subject.isBlank() || subject.length() > MOST_SUBJECT || subject.lines().count() > 1) {
			findings.add(fault("subject_shape", Severity.SEVERE, "subject",
					"must be one line of 1 to " + MOST_SUBJECT + " characters"));
		}
		if (length > MOST_TEXT || inspection.draft().paragraphs().isEmpty()) {
			findings.add(fault("text_length", Severity.WARNING, "paragraphs",
					"all texts together must have 1 to " + MOST_TEXT + " characters"));
		}
		return findings;
	}

	private static Finding fault(String code, Severity severity, String where, String detail) {
		return new Finding("brand", code, severity, where, detail);
	}

}
