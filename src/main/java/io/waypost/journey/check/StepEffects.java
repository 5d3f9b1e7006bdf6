package io.waypost.journey.check;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;

/** What the elements of a model do to a message. */
final class StepEffects {

	static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

	/** What the orchestrator can be asked for. */
	static final Set<String> ACTIONS = Set.of("open", "submit", "withhold", "defer", "flag", "applyReview");

	/** What the executor can be asked for. */
	static final Set<String> MODES = Set.of("write", "fallback");

	private static final Pattern BEAN = Pattern.compile("\\$\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}");

	private static final Pattern APPROVED = Pattern
		.compile("\\$\\{\\s*(?:route\\s*(?:==|eq)\\s*['\"]CONTINUE['\"]\\s*(?:and|&&)\\s*)?"
				+ "reviewDecision\\s*(?:==|eq)\\s*['\"]APPROVED['\"]"
				+ "(?:\\s*(?:and|&&)\\s*route\\s*(?:==|eq)\\s*['\"]CONTINUE['\"])?\\s*}");

	private StepEffects() {
	}

	/** The bean behind {@code camunda:delegateExpression="${bean}"}. */
	static Optional<String> bean(String delegateExpression) {
		Matcher matcher = BEAN.matcher(delegateExpression.strip());
		return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	static boolean sends(FlowNode node) {
		return queues(node) || is(node, KnownBeans.ORCHESTRATOR) && "submit".equals(input(node, "action"));
	}

	/** Whether the element queues the sends of a chunk of a campaign. */
	static boolean queues(FlowNode node) {
		return is(node, KnownBeans.QUEUE_SENDS);
	}

	/** Whether the element begins to write to the people of a campaign. */
	static boolean startsChunks(FlowNode node) {
		return KnownBeans.CHUNK_STARTERS.stream().anyMatch((bean) -> is(node, bean));
	}

	/** Whether the words may be others behind this element. */
	static boolean mayChangeContent(FlowNode node) {
		return is(node, KnownBeans.EXECUTOR) || appliesReview(node) || node instanceof CallActivity;
	}

	static PathState after(FlowNode node, PathState marks) {
		if (is(node, KnownBeans.PERMISSION) || is(node, KnownBeans.DECIDE_FOR_PEOPLE)) {
			return marks.afterPermission();
		}
		if (is(node, KnownBeans.GUARDRAIL) || is(node, KnownBeans.CLEARED_WORDS) || is(node, KnownBeans.WRITE_WORDS)) {
			return marks.afterInspection();
		}
		if (appliesReview(node)) {
			return marks.afterReview();
		}
		return mayChangeContent(node) ? marks.afterWriting() : marks;
	}

	/** An approval keeps the words as they were inspected. */
	static PathState along(SequenceFlow flow, PathState marks) {
		boolean approved = flow.getConditionExpression() != null
				&& APPROVED.matcher(flow.getConditionExpression().getTextContent().strip()).matches();
		return approved ? marks.afterApproval() : marks;
	}

	/** Text of an input parameter, empty when there is none. */
	static String input(BaseElement element, String name) {
		ExtensionElements extensions = element.getExtensionElements();
		if (extensions == null) {
			return "";
		}
		return extensions.getElementsQuery()
			.filterByType(CamundaInputOutput.class)
			.list()
			.stream()
			.flatMap((mapping) -> mapping.getCamundaInputParameters().stream())
			.filter((parameter) -> name.equals(parameter.getCamundaName()))
			.map(CamundaInputParameter::getTextContent)
			.map(String::strip)
			.findFirst()
			.orElse("");
	}

	private static boolean appliesReview(FlowNode node) {
		return is(node, KnownBeans.ORCHESTRATOR) && "applyReview".equals(input(node, "action"));
	}

	private static boolean is(FlowNode node, String bean) {
		String expression = node.getAttributeValueNs(CAMUNDA, "delegateExpression");
		return expression != null && bean(expression).filter(bean::equals).isPresent();
	}

}
