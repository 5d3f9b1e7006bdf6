package io.waypost.agent.llm.provider;

import java.time.Duration;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One request to a model of a provider.
 *
 * @param model name of the model
 * @param system instructions, the same for many requests
 * @param user facts and task of this request
 * @param schemaName name of the schema
 * @param schema JSON schema of the answer
 * @param maxTokens maximum number of tokens of the answer
 * @param temperature 0 to 1
 * @param cacheKey the same for requests that start with the same instructions
 * @param timeout time until the last byte of the answer
 * @param outboundCheck is given the body as it is sent, and throws to prevent that
 */
public record ProviderRequest(String model, String system, String user, String schemaName, JsonNode schema,
		int maxTokens, double temperature, String cacheKey, Duration timeout, Consumer<String> outboundCheck) {

	/** Leaves out the prompt. */
	@Override
	public String toString() {
		return "ProviderRequest[" + this.model + "]";
	}

}
