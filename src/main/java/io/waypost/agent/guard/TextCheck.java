package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.TextFeatures;

/**
 * Finds invisible characters, an invalid subject line and texts that are too long.
 */
final class TextCheck implements ContentCheck {

	/** Zero-width characters, bidirectional controls, tags, private use, controls. */
	static final Pattern INVISIBLE = Pattern.compile(
			"[\\p{Cntrl}&&[^\\n\\r\\t]]|[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]|[\\x{e0000}-\\x{e0fff}]|\\p{Co}");

	private static final int MAX_SUBJECT_LENGTH = 200;

	private static final int MAX_TEXT_LENGTH = 5_000;

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		int length = 0;
		for (DraftText part : DraftText.of(request.draft())) {
			length += part.text().length();
			if (!TextFeatures.isPlain(part.text()) && INVISIBLE.matcher(part.text()).find()) {
				findings.add(finding("invisible_letters", Severity.SEVERE, part.where(),
						"contains invisible characters or characters that change the writing direction"));
			}
		}
		String subject = request.draft().subject();
		if (subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH || subject.lines().count() > 1) {
			findings.add(finding("subject_shape", Severity.SEVERE, "subject",
					"must be one line of 1 to " + MAX_SUBJECT_LENGTH + " characters"));
		}
		if (length > MAX_TEXT_LENGTH || request.draft().paragraphs().isEmpty()) {
			findings.add(finding("text_length", Severity.WARNING, "paragraphs",
					"all texts together must have 1 to " + MAX_TEXT_LENGTH + " characters"));
		}
		return findings;
	}

	private static Finding finding(String code, Severity severity, String where, String detail) {
		return new Finding("brand", code, severity, where, detail);
	}

}
