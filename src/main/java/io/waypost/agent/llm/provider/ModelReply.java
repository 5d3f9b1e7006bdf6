package io.waypost.agent.llm.provider;

import io.waypost.agent.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text the answer, empty for none
 * @param ending why the answer ended
 * @param model name of the model as the provider reports it, null when it does not
 * @param usage tokens as the provider counts them, null when it does not
 */
public record ModelReply(String text, Ending ending, @Nullable String model, @Nullable TokenUsage usage) {

	/** Leaves out the answer. */
	@Override
	public String toString() {
		return "ModelReply[%s, %s, %s]".formatted(this.ending, this.model, this.usage);
	}

	/** Why an answer ended. */
	public enum Ending {

		/** The model ended it. */
		COMPLETE,

		/** It reached the maximum number of tokens. */
		TRUNCATED,

		/** The model or a filter of the provider refused. */
		REFUSED

	}

}
