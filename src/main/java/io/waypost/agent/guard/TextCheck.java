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

	/** A longer text is not inspected any further, so that it costs little time. */
	private static final int MAX_INSPECTED = 10_000;

	/** Longer than every word and every address that a reader could use. */
	private static final Pattern LONG_RUN = Pattern.compile("\\S{200}");

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
		for (DraftText part : DraftText.of(request.draft())) {
			if (LONG_RUN.matcher(part.text()).find()) {
				findings.add(finding("text_unreadable", Severity.BLOCKING, part.where(),
						"has more than 200 characters without a space; write words"));
			}
		}
		String subject = request.draft().subject();
		if (subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH || subject.lines().count() > 1) {
			findings.add(finding("subject_shape", Severity.SEVERE, "subject",
					"must be one line of 1 to " + MAX_SUBJECT_LENGTH + " characters"));
		}
		if (length > MAX_TEXT_LENGTH || request.draft().paragraphs().isEmpty()) {
			findings.add(finding("text_length", (length > MAX_INSPECTED) ? Severity.BLOCKING : Severity.WARNING,
					"paragraphs", "all texts together must have 1 to " + MAX_TEXT_LENGTH + " characters"));
		}
		return findings;
	}

	/** Whether the texts are so long that no other check reads them. */
	static boolean isTooLong(InspectionRequest request) {
		return DraftText.of(request.draft()).stream().mapToInt((part) -> part.text().length()).sum() > MAX_INSPECTED;
	}

	private static Finding finding(String code, Severity severity, String where, String detail) {
		return new Finding("brand", code, severity, where, detail);
	}

}
