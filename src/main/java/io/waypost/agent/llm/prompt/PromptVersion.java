package io.waypost.agent.llm.prompt;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A version of a prompt as the API shows it.
 *
 * @param name name of the prompt
 * @param version 1 for the shipped text
 * @param system instructions, with what the product adds to them
 * @param user task
 * @param note why there is this version
 * @param live whether it is in use
 * @param createdBy author, as recorded in the ledger; null for the shipped text
 * @param createdAt when it was written; null for the shipped text
 */
record PromptVersion(String name, int version, String system, String user, String note, boolean live,
		@Nullable String createdBy, @Nullable Instant createdAt) {

}
