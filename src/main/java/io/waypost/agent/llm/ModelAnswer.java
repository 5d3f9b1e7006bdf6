package io.waypost.agent.llm;

import java.math.BigDecimal;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a {@link ModelRequest}. */
public sealed interface ModelAnswer {

	/**
	 * An answer that matches the schema.
	 *
	 * @param json the answer
	 * @param call id of the stored call
	 * @param provider name of the provider
	 * @param model name of the model, as the provider reports it
	 * @param cost US dollars
	 */
	record Answered(JsonNode json, UUID call, String provider, String model, BigDecimal cost) implements ModelAnswer {

	}

	/**
	 * No usable answer. The caller continues without a model.
	 *
	 * @param reason why
	 * @param detail for operators, without personal data
	 */
	record Unanswered(Reason reason, String detail) implements ModelAnswer {

	}

	/** Why there is no answer. */
	enum Reason {

		/** No provider is configured for the purpose and the region of the tenant. */
		NO_PROVIDER,

		/** The budget of the day or of the campaign does not allow the call. */
		BUDGET_EXHAUSTED,

		/** The request contains personal data and was not sent. */
		PERSONAL_DATA,

		/** The model refused to answer. */
		REFUSED,

		/** No provider gave an answer that matches the schema. */
		UNUSABLE,

		/** No provider answered in time, or all limit the rate of requests. */
		UNAVAILABLE

	}

}
