package io.waypost.agent.llm.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.ModelAnswer.Unanswered;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.ModelRequest;
import io.waypost.agent.llm.answer.AnswerSchema;
import io.waypost.agent.llm.budget.ModelBudget;
import io.waypost.agent.llm.budget.ModelBudget.SpendLevel;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.privacy.PersonalDataBlockedException;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Asks the configured providers in their order until one answers. Personal data and an
 * exhausted budget end the search, because the next provider would not change them.
 */
class ProviderGateway implements ModelGateway {

	private final List<ModelRoute> routes;

	/** Returns the region of a tenant, null for none. */
	private final Function<TenantId, @Nullable String> regions;

	private final ModelBudget budget;

	private final OutboundCheck outboundCheck;

	private final RouteAttempts attempts;

	private final Duration totalTimeout;

	private final Clock clock;

	ProviderGateway(List<ModelRoute> routes, Function<TenantId, @Nullable String> regions, ModelBudget budget,
			OutboundCheck outboundCheck, RouteAttempts attempts, Duration totalTimeout, Clock clock) {
		this.routes = List.copyOf(routes);
		this.regions = regions;
		this.budget = budget;
		this.outboundCheck = outboundCheck;
		this.attempts = attempts;
		this.totalTimeout = totalTimeout;
		this.clock = clock;
	}

	private static void requireNoTransaction() {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A language model takes seconds: ask it outside of the transaction");
		}
	}

	@Override
	public boolean isConfigured() {
		return true;
	}

	@Override
	public boolean isConfigured(TenantId tenant, ModelPurpose purpose) {
		return !suitable(tenant, purpose).isEmpty();
	}

	private List<ModelRoute> suitable(TenantId tenant, ModelPurpose purpose) {
		String region = this.routes.stream().anyMatch(ModelRoute::isRegional) ? this.regions.apply(tenant) : null;
		return this.routes.stream().filter((route) -> route.isFor(purpose, region)).toList();
	}

	@Override
	public ModelAnswer ask(ModelRequest request) {
		requireNoTransaction();
		List<ModelRoute> suitable = suitable(request.tenant(), request.purpose());
		if (suitable.isEmpty()) {
			return new Unanswered(Reason.NO_PROVIDER,
					"no provider for purpose %s and the tenant's region".formatted(request.purpose()));
		}
		try {
			this.outboundCheck.check(prompt(request), request.identities());
		}
		catch (PersonalDataBlockedException ex) {
			return new Unanswered(Reason.PERSONAL_DATA, ex.reason());
		}
		ModelQuestion question = new ModelQuestion(request, AnswerSchema.parse(request.schema()),
				PromptTokens.count(request), this.clock.instant().plus(this.totalTimeout));
		return ask(question, suitable);
	}

	private static String prompt(ModelRequest request) {
		return String.join("\n", request.system(), request.user(), request.schemaName(), request.schema(),
				request.promptVersion());
	}

	private ModelAnswer ask(ModelQuestion question, List<ModelRoute> suitable) {
		List<Unanswered> failures = new ArrayList<>();
		for (ModelRoute route : suitable) {
			if (Thread.currentThread().isInterrupted()) {
				failures.add(new Unanswered(Reason.UNAVAILABLE, "interrupted"));
				break;
			}
			ModelAnswer answer = ask(question, route);
			if (!(answer instanceof Unanswered failure) || failure.reason() == Reason.BUDGET_EXHAUSTED
					|| failure.reason() == Reason.PERSONAL_DATA) {
				return answer;
			}
			failures.add(failure);
		}
		return combined(failures);
	}

	private ModelAnswer ask(ModelQuestion question, ModelRoute route) {
		ModelRequest request = question.request();
		SpendLevel level = this.budget.level(request.tenant(), request.campaign(), request.recipients());
		if (level == SpendLevel.EXHAUSTED) {
			return new Unanswered(Reason.BUDGET_EXHAUSTED, "the budget is used up");
		}
		return this.attempts.ask(route, route.model(level), question);
	}

	/** A refusal says most about the request, then an answer that cannot be used. */
	private static Unanswered combined(List<Unanswered> failures) {
		Reason reason = Stream.of(Reason.REFUSED, Reason.UNUSABLE)
			.filter((candidate) -> failures.stream().anyMatch((failure) -> failure.reason() == candidate))
			.findFirst()
			.orElse(Reason.UNAVAILABLE);
		return new Unanswered(reason, failures.stream().map(Unanswered::detail).collect(Collectors.joining("; ")));
	}

}
