package io.waypost.agent.llm.prompt;

import io.waypost.access.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a prompt in a request.
 *
 * @param name name of the prompt
 * @param system instructions
 * @param user task
 * @param note why there is this version
 */
record PromptBody(@Nullable String name, @Nullable String system, @Nullable String user, @Nullable String note) {

	private static final int LONGEST = 20_000;

	private static final int LONGEST_NOTE = 500;

	String checkedSystem() {
		return text("/system", this.system, LONGEST);
	}

	String checkedUser() {
		return text("/user", this.user, LONGEST);
	}

	String checkedNote() {
		return (this.note != null && !this.note.isBlank()) ? text("/note", this.note, LONGEST_NOTE) : "";
	}

	private static String text(String pointer, @Nullable String text, int longest) {
		if (text == null || text.isBlank()) {
			throw InvalidRequestException.badRequest(pointer, "is empty; write at least a sentence");
		}
		if (text.length() > longest) {
			throw InvalidRequestException.badRequest(pointer,
					"has %,d characters; at most %,d are allowed".formatted(text.length(), longest));
		}
		if (text.indexOf('\0') >= 0) {
			throw InvalidRequestException.badRequest(pointer, "contains the character U+0000; remove it");
		}
		return text.strip();
	}

}
