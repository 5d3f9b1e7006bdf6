package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Checks what a model refers to: called processes, tables and forms, and its history time
 * to live.
 */
final class ReferenceCheck {

	private final DeploymentContext context;

	private final List<ModelProblem> problems = new ArrayList<>();

	ReferenceCheck(DeploymentContext context) {
		this.context = context;
	}

	List<ModelProblem> run(BpmnModelInstance model) {
		model.getModelElementsByType(Process.class).stream().filter(Process::isExecutable).forEach(this::checkLifetime);
		model.getModelElementsByType(CallActivity.class).forEach(this::checkCall);
		model.getModelElementsByType(BusinessRuleTask.class).forEach(this::checkTable);
		model.getModelElementsByType(UserTask.class).forEach(this::checkForm);
		return this.problems;
	}

	private void checkLifetime(Process process) {
		String lifetime = process.getCamundaHistoryTimeToLiveString();
		if (lifetime == null || lifetime.isBlank()) {
			this.problems.add(new ModelProblem(process.getId(), Objects.requireNonNullElse(process.getName(), ""),
					"has no history time to live; set it, for example P180D"));
		}
	}

	private void checkCall(CallActivity call) {
		String key = Objects.requireNonNullElse(call.getCalledElement(), "");
		boolean sameDeployment = "deployment".equals(call.getCamundaCalledElementBinding());
		if (!key.isEmpty() && !ExpressionGrammar.isExpression(key) && !this.context.hasProcess(key, sameDeployment)) {
			refuse(call, "calls the process '%s', which %s".formatted(key, missing(sameDeployment)));
		}
	}

	private void checkTable(BusinessRuleTask task) {
		String key = task.getCamundaDecisionRef();
		boolean sameDeployment = "deployment".equals(task.getCamundaDecisionRefBinding());
		if (key != null && !ExpressionGrammar.isExpression(key) && !this.context.hasDecision(key, sameDeployment)) {
			refuse(task, "refers to the decision table '%s', which %s".formatted(key, missing(sameDeployment)));
		}
	}

	/** A task without its form can be seen but not completed. */
	private void checkForm(UserTask task) {
		String id = task.getCamundaFormRef();
		boolean sameDeployment = "deployment".equals(task.getCamundaFormRefBinding());
		if (id != null && !ExpressionGrammar.isExpression(id) && !this.context.hasForm(id, sameDeployment)) {
			refuse(task, "refers to the form '%s', which %s".formatted(id, missing(sameDeployment)));
		}
	}

	private static String missing(boolean sameDeployment) {
		return sameDeployment ? "is not part of this deployment; deploy it together, or bind the latest version"
				: "is neither deployed nor part of this deployment";
	}

	private void refuse(FlowElement element, String reason) {
		this.problems.add(new ModelProblem(element.getId(), Objects.requireNonNullElse(element.getName(), ""), reason));
	}

}
