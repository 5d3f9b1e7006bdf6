package io.waypost.agent.llm;

import io.waypost.kernel.TenantId;

/**
 * Sends requests to language models. Calls take seconds: they must not be made inside a
 * database transaction or an engine command, and not while a person waits.
 */
public interface ModelGateway {

	/** Has no provider. */
	ModelGateway NONE = new ModelGateway() {

		@Override
		public boolean isConfigured() {
			return false;
		}

		@Override
		public boolean isConfigured(TenantId tenant, ModelPurpose purpose) {
			return false;
		}

		@Override
		public ModelAnswer ask(ModelRequest request) {
			return new ModelAnswer.Unanswered(ModelAnswer.Reason.NO_PROVIDER, "no provider is configured");
		}

	};

	/**
	 * Returns whether any provider is configured.
	 * @return whether requests may be answered for some tenant
	 */
	boolean isConfigured();

	/**
	 * Returns whether a provider is configured.
	 * @param tenant the tenant
	 * @param purpose what the model is asked for
	 * @return whether requests may be answered
	 */
	boolean isConfigured(TenantId tenant, ModelPurpose purpose);

	/**
	 * Asks the first provider that answers. Each call to a provider is reserved in the
	 * budget before and settled afterwards.
	 * @param request the question
	 * @return the answer, or why there is none
	 * @throws IllegalStateException inside a transaction
	 */
	ModelAnswer ask(ModelRequest request);

}
