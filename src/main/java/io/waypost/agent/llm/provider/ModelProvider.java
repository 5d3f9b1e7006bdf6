package io.waypost.agent.llm.provider;

/** A provider of language models. */
public interface ModelProvider {

	/**
	 * Makes one HTTP request.
	 * @param call the question
	 * @return the answer of the model
	 * @throws ModelCallException when there is none
	 */
	ModelReply complete(ProviderRequest call);

}
