package io.waypost.agent.llm.gateway;

import java.time.Instant;

import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Reserved;

/**
 * A call with a reservation.
 *
 * @param route the provider
 * @param model name of the model
 * @param question the question
 * @param reserved the reservation
 * @param start when it was sent
 */
record ReservedCall(ModelRoute route, String model, ModelQuestion question, Reserved reserved, Instant start) {

}
