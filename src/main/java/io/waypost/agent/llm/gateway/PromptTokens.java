package io.waypost.agent.llm.gateway;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.waypost.agent.llm.ModelRequest;

/**
 * Counts the tokens of prompts with the vocabulary of OpenAI's models. Other models have
 * other vocabularies; a margin covers the difference, so that a reservation is not too
 * small. The vocabulary is loaded at the first count.
 */
final class PromptTokens {

	/** Roles and separators of the messages. */
	private static final int FRAME = 50;

	private static final int MARGIN_PERCENT = 140;

	private PromptTokens() {
	}

	static long count(ModelRequest request) {
		long counted = Vocabulary.ENCODING.countTokensOrdinary(request.system())
				+ Vocabulary.ENCODING.countTokensOrdinary(request.user())
				+ Vocabulary.ENCODING.countTokensOrdinary(request.schema());
		return (counted + FRAME) * MARGIN_PERCENT / 100;
	}

	private static final class Vocabulary {

		static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

	}

}
