package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/**
 * Finds the reasons why a journey must not be deployed: it could send without permission
 * or inspection, it could run unknown code, or it would fail or never end.
 */
public final class JourneyChecker {

	/**
	 * Checks one BPMN model.
	 * @param model the model
	 * @param context what the model can refer to
	 * @return the problems; empty for a model that may be deployed
	 */
	public List<ModelProblem> check(BpmnModelInstance model, DeploymentContext context) {
		List<ModelProblem> problems = new ArrayList<>(new ModelSafetyCheck().run(document(model)));
		problems.addAll(new LimitCheck().run(document(model)));
		problems.addAll(new ReferenceCheck(context).run(model));
		problems.addAll(new CallCycleCheck(context).run(model));
		model.getModelElementsByType(Process.class).forEach((process) -> problems.addAll(new PathCheck(process).run()));
		return List.copyOf(problems);
	}

	private static Document document(BpmnModelInstance model) {
		Node root = model.getDocument().getDomSource().getNode();
		return (root instanceof Document document) ? document : root.getOwnerDocument();
	}

}
