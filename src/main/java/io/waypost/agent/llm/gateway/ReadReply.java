package io.waypost.agent.llm.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.answer.AnswerReader;
import io.waypost.agent.llm.answer.AnswerSchema;
import io.waypost.agent.llm.answer.UnusableAnswerException;
import io.waypost.agent.llm.provider.ModelReply;
import org.jspecify.annotations.Nullable;

/**
 * A reply of a model after it was read.
 *
 * @param json the answer, null when there is none that can be used
 * @param reason why there is none
 * @param code short code for the stored call and metrics
 * @param detail for operators
 */
record ReadReply(@Nullable JsonNode json, Reason reason, String code, String detail) {

	static ReadReply of(ModelReply reply, AnswerSchema schema) {
		return switch (reply.ending()) {
			case REFUSED -> new ReadReply(null, Reason.REFUSED, "refused", "refused to answer");
			case TRUNCATED -> unusable("truncated", "reached max_tokens");
			case COMPLETE -> read(reply.text(), schema);
		};
	}

	private static ReadReply read(String text, AnswerSchema schema) {
		if (text.isBlank()) {
			return unusable("empty", "empty answer");
		}
		try {
			return new ReadReply(AnswerReader.read(text, schema), Reason.UNUSABLE, "answered", "");
		}
		catch (UnusableAnswerException ex) {
			return unusable("unusable", String.valueOf(ex.getMessage()));
		}
	}

	private static ReadReply unusable(String code, String detail) {
		return new ReadReply(null, Reason.UNUSABLE, code, detail);
	}

}
