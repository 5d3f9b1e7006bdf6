package io.waypost.agent.llm.gateway;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelAnswer.Answered;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.ModelAnswer.Unanswered;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget;
import io.waypost.agent.llm.budget.ModelBudget.CallResult;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.provider.ModelCallException;
import io.waypost.agent.llm.provider.ModelReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles or releases the reservation of a call, records metrics and makes the answer.
 */
class CallSettlement {

	private static final Logger log = LoggerFactory.getLogger(CallSettlement.class);

	private final ModelBudget budget;

	private final OutboundCheck outboundCheck;

	private final ModelMetrics metrics;

	private final Clock clock;

	CallSettlement(ModelBudget budget, OutboundCheck outboundCheck, ModelMetrics metrics, Clock clock) {
		this.budget = budget;
		this.outboundCheck = outboundCheck;
		this.metrics = metrics;
		this.clock = clock;
	}

	ModelAnswer answered(ReservedCall call, ModelReply reply) {
		ReadReply read = ReadReply.of(reply, call.question().schema());
		String stored = this.outboundCheck.redact(reply.text(), call.question().request().identities());
		BigDecimal cost = settle(call, new CallResult(read.code(), reply.model(), stored, latency(call)),
				reply.usage());
		if (reply.usage() != null) {
			this.metrics.tokens(call.route(), call.model(), purpose(call), reply.model(), reply.usage());
		}
		JsonNode json = read.json();
		if (json == null) {
			return new Unanswered(read.reason(), call.route().name() + ": " + read.detail());
		}
		String model = (reply.model() != null && !reply.model().isBlank()) ? reply.model() : call.model();
		return new Answered(json, call.reserved().call(), call.route().name(), model, cost);
	}

	ModelAnswer blocked(ReservedCall call, String reason) {
		release(call, new CallResult("personal_data", null, null, latency(call)));
		return new Unanswered(Reason.PERSONAL_DATA, reason);
	}

	ModelAnswer failed(ReservedCall call, ModelCallException failure) {
		CallResult result = new CallResult(failure.code(), null, null, latency(call));
		if (failure.isFree()) {
			release(call, result);
		}
		else {
			settle(call, result, null);
		}
		return new Unanswered(reason(failure.failure()), call.route().name() + ": " + failure.getMessage());
	}

	private static Reason reason(ModelCallException.Failure failure) {
		return switch (failure) {
			case FILTERED -> Reason.REFUSED;
			case TOO_LARGE, UNREADABLE -> Reason.UNUSABLE;
			default -> Reason.UNAVAILABLE;
		};
	}

	/**
	 * An answer is worth its cost even if the database fails now: the reservation is then
	 * kept as the cost.
	 */
	private BigDecimal settle(ReservedCall call, CallResult result, @Nullable TokenUsage usage) {
		record(call, result);
		BigDecimal cost = call.reserved().amount();
		try {
			cost = this.budget.settle(call.reserved(), result, usage);
		}
		catch (RuntimeException ex) {
			log.error("Call {} of a language model is not settled; its reservation remains", call.reserved().call(),
					ex);
		}
		this.metrics.cost(call.route(), call.model(), purpose(call), cost);
		return cost;
	}

	private void release(ReservedCall call, CallResult result) {
		record(call, result);
		try {
			this.budget.release(call.reserved(), result);
		}
		catch (RuntimeException ex) {
			log.error("Call {} of a language model is not released; its reservation remains", call.reserved().call(),
					ex);
		}
	}

	private void record(ReservedCall call, CallResult result) {
		this.metrics.request(call.route(), call.model(), purpose(call), result.model(), result.outcome(),
				result.latency());
	}

	private static ModelPurpose purpose(ReservedCall call) {
		return call.question().request().purpose();
	}

	private Duration latency(ReservedCall call) {
		return Duration.between(call.start(), this.clock.instant());
	}

}
