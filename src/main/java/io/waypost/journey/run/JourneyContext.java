package io.waypost.journey.run;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;

import io.waypost.agent.Message;
import io.waypost.agent.Route;
import io.waypost.agent.review.Review;
import io.waypost.journey.engine.tenant.EngineTenant;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * The typed view of a run's process variables: the only place that reads or writes them
 * by name.
 */
public record JourneyContext(VariableScope scope) {

	public static JourneyContext from(DelegateExecution execution) {
		return new JourneyContext(execution);
	}

	/** Reads the tenant from the engine's row, which no model can change. */
	public TenantId tenant() {
		return EngineTenant.of(this.scope);
	}

	public JourneyRunId run() {
		return JourneyRunId.of(text(JourneyVariables.RUN));
	}

	public String journey() {
		return text(JourneyVariables.JOURNEY);
	}

	public String step() {
		return text(JourneyVariables.STEP);
	}

	public String template() {
		return text(JourneyVariables.TEMPLATE);
	}

	public String topic() {
		return text(JourneyVariables.TOPIC);
	}

	/** Reads the reason that the model gives as an input of this step. */
	public Optional<String> givenReason() {
		return Optional.ofNullable((String) this.scope.getVariableLocal(JourneyVariables.REASON));
	}

	public SendId send() {
		return SendId.of(text(JourneyVariables.SEND));
	}

	int deferrals() {
		return (this.scope.getVariable(JourneyVariables.DEFERRALS) instanceof Integer count) ? count : 0;
	}

	/** Sets the variables that the gateways after a step read. */
	public void writeVariables(Message message) {
		set(JourneyVariables.SEND, message.send().id().toString());
		set(JourneyVariables.ROUTE, message.route().name());
		set(JourneyVariables.REASON, message.reason());
		set(JourneyVariables.ATTEMPT, message.attempt());
		set(JourneyVariables.SEND_STATUS, message.send().status().name());
	}

	public void route(Route route) {
		set(JourneyVariables.ROUTE, route.name());
	}

	/** Sets what was decided about the message, for the gateway after the review. */
	public void reviewDecision(Review.ReviewDecision decision) {
		set(JourneyVariables.REVIEW_DECISION, decision.name());
	}

	public void deferred(Instant until) {
		set(JourneyVariables.DEFERRALS, deferrals() + 1);
		set(JourneyVariables.DEFER_UNTIL, Date.from(until));
	}

	public void reviewDue(Instant due, Instant expiry) {
		set(JourneyVariables.REVIEW_DUE, Date.from(due));
		set(JourneyVariables.REVIEW_EXPIRY, Date.from(expiry));
	}

	/** Writes only what changed: every write is a row in the engine's history. */
	private void set(String name, @Nullable Object value) {
		if (!Objects.equals(this.scope.getVariable(name), value)) {
			this.scope.setVariable(name, value);
		}
	}

	private String text(String name) {
		Object value = this.scope.getVariable(name);
		if (value == null) {
			throw new IllegalStateException(
					"Process variable '%s' is missing; pass it to the start or to the call activity".formatted(name));
		}
		return value.toString();
	}

}
