package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/**
 * Finds the reasons why a journey must not be deployed: it could send without permission
 * or inspection, it could run foreign code, or it would fail or never end.
 */
public final class JourneyChecker {

	/**
	 * Checks one BPMN model.
	 * @param model the model
	 * @param surroundings what the model can refer to
	 * @return every objection, none for a model that may be deployed
	 */
	public List<ModelProblem> check(BpmnModelInstance model, DeploymentContext surroundings) {
		List<ModelProblem> objections = new ArrayList<>(new ModelSafetyCheck().run(document(model)));
		objections.addAll(new ReferenceCheck(surroundings).run(model));
		objections.addAll(new CallCycleCheck(surroundings).run(model));
		model.getModelElementsByType(Process.class)
			.forEach((process) -> objections.addAll(new PathCheck(process).run()));
		return List.copyOf(objections);
	}

	private static Document document(BpmnModelInstance model) {
		Node root = model.getDocument().getDomSource().getNode();
		return (root instanceof Document document) ? document : root.getOwnerDocument();
	}

}
