package io.waypost.journey.step;

import io.waypost.agent.Evaluator;
import io.waypost.agent.Executor;
import io.waypost.agent.Guardrail;
import io.waypost.agent.Planner;
import io.waypost.agent.SendDecisions;
import io.waypost.journey.review.FormListener;
import io.waypost.journey.run.JourneyContext;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The steps of models that personalise one message. The name of a method is the name of
 * its bean, which models use as {@code camunda:delegateExpression="${name}"}.
 */
@Configuration(proxyBeanMethods = false)
class MessageSteps {

	@Bean
	JavaDelegate openSend(SendSteps sends) {
		return sends::open;
	}

	@Bean
	JavaDelegate deferSend(SendSteps sends) {
		return sends::defer;
	}

	@Bean
	JavaDelegate withholdSend(SendSteps sends) {
		return sends::withhold;
	}

	@Bean
	JavaDelegate queueSend(SendSteps sends) {
		return sends::queue;
	}

	@Bean
	JavaDelegate permissionCheck(AgentStepRunner steps, SendDecisions decisions) {
		return (execution) -> steps.run(execution, decisions::permit);
	}

	@Bean
	JavaDelegate throttlingCheck(AgentStepRunner steps, SendDecisions decisions) {
		return (execution) -> steps.run(execution, decisions::throttle);
	}

	@Bean
	JavaDelegate plannerAgent(AgentStepRunner steps, Planner planner) {
		return (execution) -> steps.run(execution, planner::plan);
	}

	@Bean
	JavaDelegate executorAgent(AgentStepRunner steps, Executor executor) {
		return (execution) -> steps.run(execution, executor::write);
	}

	@Bean
	JavaDelegate fallbackExecutorAgent(AgentStepRunner steps, Executor executor) {
		return (execution) -> steps.run(execution, executor::writeFallback);
	}

	@Bean
	JavaDelegate evaluatorAgent(AgentStepRunner steps, Evaluator evaluator) {
		return (execution) -> steps.run(execution, evaluator::evaluate);
	}

	@Bean
	JavaDelegate guardrailAgent(AgentStepRunner steps, Guardrail guardrail) {
		return (execution) -> steps.run(execution, guardrail::inspect);
	}

	@Bean
	JavaDelegate triggerAgent(AgentStepRunner steps, RunRecheck runRecheck) {
		return (execution) -> {
			JourneyContext context = JourneyContext.from(execution);
			context.route(steps.attempt(execution, () -> runRecheck.route(context.tenant(), context.run())));
		};
	}

	@Bean
	JavaDelegate flagForReview(SendSteps sends) {
		return sends::flag;
	}

	@Bean
	JavaDelegate applyReview(SendSteps sends) {
		return sends::applyReview;
	}

	@Bean
	JavaDelegate expireReview(SendSteps sends) {
		return sends::expireReview;
	}

	@Bean
	JavaDelegate escalateReview(MessageReview review) {
		return review::escalate;
	}

	@Bean
	TaskListener reviewTask(MessageReview review) {
		return new FormListener(review::fill, review::decide);
	}

}
