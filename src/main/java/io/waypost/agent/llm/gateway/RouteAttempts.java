package io.waypost.agent.llm.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.ModelAnswer.Unanswered;
import io.waypost.agent.llm.budget.ModelBudget;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Refused;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Reserved;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.privacy.PersonalDataBlockedException;
import io.waypost.agent.llm.provider.ModelCallException;
import io.waypost.agent.llm.provider.ModelCallException.Failure;
import io.waypost.agent.llm.provider.ModelReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one model at most twice. Each attempt has its own reservation in the budget. The
 * second one is made only for failures that pass, and only if there is time to wait as
 * long as the provider asks.
 */
class RouteAttempts {

	private static final Logger log = LoggerFactory.getLogger(RouteAttempts.class);

	private static final int MAX_ATTEMPTS = 2;

	private static final Duration BACKOFF = Duration.ofMillis(400);

	private final ModelBudget budget;

	private final CallSettlement settlement;

	private final OutboundCheck outboundCheck;

	private final Clock clock;

	private final RandomGenerator random;

	private final Sleeper sleeper;

	RouteAttempts(ModelBudget budget, CallSettlement settlement, OutboundCheck outboundCheck, Clock clock,
			RandomGenerator random, Sleeper sleeper) {
		this.budget = budget;
		this.settlement = settlement;
		this.outboundCheck = outboundCheck;
		this.clock = clock;
		this.random = random;
		this.sleeper = sleeper;
	}

	/** What came of an attempt. With a failure, the answer says so. */
	private record AttemptResult(ModelAnswer answer, @Nullable ModelCallException failure) {

		AttemptResult(ModelAnswer answer) {
			this(answer, null);
		}

	}

	ModelAnswer ask(ModelRoute route, String model, ModelQuestion question) {
		ModelAvailability availability = route.availability(model);
		Instant deadline = this.clock.instant().plus(route.settings().totalTimeout());
		if (question.deadline().isBefore(deadline)) {
			deadline = question.deadline();
		}
		for (int number = 1;; number++) {
			AttemptResult result = attempt(route, model, question, availability, deadline);
			ModelCallException failure = result.failure();
			if (failure == null) {
				return result.answer();
			}
			log.warn("Model {} of provider {}, attempt {}: {}", model, route.name(), number, failure.getMessage());
			boolean mayRepeat = number < MAX_ATTEMPTS && failure.isTransient();
			if (!mayRepeat || !waits(failure, deadline)) {
				pause(availability, failure);
				return result.answer();
			}
		}
	}

	private static void pause(ModelAvailability availability, ModelCallException failure) {
		if (failure.retryAfter() != null) {
			availability.pause(failure.retryAfter());
		}
	}

	private boolean waits(ModelCallException failure, Instant deadline) {
		Duration asked = (failure.retryAfter() != null) ? failure.retryAfter() : Duration.ZERO;
		Duration wait = asked.plus(BACKOFF.dividedBy(2)).plusMillis(this.random.nextLong(BACKOFF.toMillis()));
		if (!this.clock.instant().plus(wait).isBefore(deadline)) {
			return false;
		}
		try {
			this.sleeper.sleep(wait);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private AttemptResult attempt(ModelRoute route, String model, ModelQuestion question,
			ModelAvailability availability, Instant deadline) {
		Duration left = Duration.between(this.clock.instant(), deadline);
		if (left.toMillis() <= 0) {
			return new AttemptResult(new Unanswered(Reason.UNAVAILABLE, route.name() + ": no time left"));
		}
		if (!availability.tryAcquire()) {
			return new AttemptResult(new Unanswered(Reason.UNAVAILABLE, route.name() + ": not asked after failures"));
		}
		SpendDecision decision = reserve(route, model, question, availability);
		if (decision instanceof Refused refused) {
			availability.release();
			return new AttemptResult(new Unanswered(Reason.BUDGET_EXHAUSTED, refused.detail()));
		}
		Duration timeout = (left.compareTo(route.settings().readTimeout()) < 0) ? left : route.settings().readTimeout();
		ReservedCall call = new ReservedCall(route, model, question, (Reserved) decision, this.clock.instant());
		return call(call, timeout, availability);
	}

	private SpendDecision reserve(ModelRoute route, String model, ModelQuestion question,
			ModelAvailability availability) {
		try {
			return this.budget.reserve(question.spendRequest(route, model));
		}
		catch (RuntimeException ex) {
			availability.release();
			throw ex;
		}
	}

	private AttemptResult call(ReservedCall call, Duration timeout, ModelAvailability availability) {
		try {
			ModelReply reply = call.route()
				.provider()
				.complete(call.question().call(call.model(), timeout, this.outboundCheck));
			availability.onSuccess();
			return new AttemptResult(this.settlement.answered(call, reply));
		}
		catch (PersonalDataBlockedException ex) {
			availability.release();
			return new AttemptResult(this.settlement.blocked(call, ex.reason()));
		}
		catch (ModelCallException ex) {
			return failed(call, ex, availability);
		}
		catch (RuntimeException ex) {
			// Its message may quote the prompt
			return failed(call, new ModelCallException(Failure.UNREADABLE, ex.getClass().getSimpleName()),
					availability);
		}
	}

	private AttemptResult failed(ReservedCall call, ModelCallException failure, ModelAvailability availability) {
		record(availability, failure);
		ModelAnswer answer = this.settlement.failed(call, failure);
		if (failure.failure() == Failure.INTERRUPTED) {
			Thread.currentThread().interrupt();
		}
		return new AttemptResult(answer, failure);
	}

	private static void record(ModelAvailability availability, ModelCallException failure) {
		switch (failure.failure()) {
			case INTERRUPTED -> availability.release();
			case FILTERED -> availability.onSuccess();
			default -> availability.onFailure();
		}
	}

}
