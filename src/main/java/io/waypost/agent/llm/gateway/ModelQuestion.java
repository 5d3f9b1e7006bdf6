package io.waypost.agent.llm.gateway;

import java.time.Duration;
import java.time.Instant;

import io.waypost.agent.llm.ModelRequest;
import io.waypost.agent.llm.answer.AnswerSchema;
import io.waypost.agent.llm.budget.ModelBudget.SpendRequest;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.provider.ProviderRequest;

/**
 * A request while the providers are asked.
 *
 * @param request the request
 * @param schema what answers must match
 * @param promptTokens counted tokens of the prompt
 * @param deadline when the caller stops waiting
 */
record ModelQuestion(ModelRequest request, AnswerSchema schema, long promptTokens, Instant deadline) {

	SpendRequest spendRequest(ModelRoute route, String model) {
		return new SpendRequest(this.request.tenant(), this.request.purpose(), this.request.campaign(),
				this.request.recipients(), route.name(), model, this.request.key(), this.request.promptVersion(),
				this.promptTokens, this.request.maxTokens(), this.request.system() + "\n\n" + this.request.user());
	}

	ProviderRequest call(String model, Duration timeout, OutboundCheck check) {
		return new ProviderRequest(model, this.request.system(), this.request.user(), this.request.schemaName(),
				this.schema.forProviders(), this.request.maxTokens(), this.request.temperature(),
				this.request.promptVersion(), timeout, (body) -> check.check(body, this.request.identities()));
	}

	/** Leaves out the prompt. */
	@Override
	public String toString() {
		return this.request.toString();
	}

}
