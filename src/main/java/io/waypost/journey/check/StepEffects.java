package io.waypost.journey.check;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** The effects of elements of a model on a message. */
final class StepEffects {

	static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

	private static final Pattern BEAN = Pattern.compile("\\$\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}");

	private static final Pattern APPROVED = Pattern
		.compile("\\$\\{\\s*(?:route\\s*(?:==|eq)\\s*['\"]CONTINUE['\"]\\s*(?:and|&&)\\s*)?"
				+ "reviewDecision\\s*(?:==|eq)\\s*['\"]APPROVED['\"]"
				+ "(?:\\s*(?:and|&&)\\s*route\\s*(?:==|eq)\\s*['\"]CONTINUE['\"])?\\s*}");

	private StepEffects() {
	}

	/** The bean in {@code camunda:delegateExpression="${bean}"}. */
	static Optional<String> bean(String delegateExpression) {
		Matcher matcher = BEAN.matcher(delegateExpression.strip());
		return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	/** Whether the element queues sends: one, or those of a chunk. */
	static boolean sends(FlowNode node) {
		return queuesChunk(node) || is(node, KnownBeans.QUEUE_SEND);
	}

	/** Whether the element queues the sends of a chunk of a campaign. */
	static boolean queuesChunk(FlowNode node) {
		return is(node, KnownBeans.QUEUE_CHUNK_SENDS);
	}

	/** Whether the element starts to send a campaign to its recipients. */
	static boolean startsChunks(FlowNode node) {
		return isOneOf(node, KnownBeans.CHUNK_STARTERS);
	}

	/** Whether the content after this element may differ from the content before it. */
	static boolean mayChangeContent(FlowNode node) {
		return isOneOf(node, KnownBeans.WRITERS) || is(node, KnownBeans.APPLY_REVIEW) || node instanceof CallActivity;
	}

	static PathState after(FlowNode node, PathState marks) {
		if (is(node, KnownBeans.PERMISSION) || is(node, KnownBeans.DECIDE_RECIPIENTS)) {
			return marks.afterPermission();
		}
		if (is(node, KnownBeans.GUARDRAIL) || is(node, KnownBeans.LOAD_CLEARED_CONTENT)
				|| is(node, KnownBeans.WRITE_CAMPAIGN_CONTENT)) {
			return marks.afterInspection();
		}
		if (is(node, KnownBeans.APPLY_REVIEW)) {
			return marks.afterReview();
		}
		return mayChangeContent(node) ? marks.afterWriting() : marks;
	}

	/** An approval keeps the content as it was inspected. */
	static PathState along(SequenceFlow flow, PathState marks) {
		boolean approved = flow.getConditionExpression() != null
				&& APPROVED.matcher(flow.getConditionExpression().getTextContent().strip()).matches();
		return approved ? marks.afterApproval() : marks;
	}

	private static boolean isOneOf(FlowNode node, Set<String> beans) {
		return beans.stream().anyMatch((bean) -> is(node, bean));
	}

	private static boolean is(FlowNode node, String bean) {
		String expression = node.getAttributeValueNs(CAMUNDA, "delegateExpression");
		return expression != null && bean(expression).filter(bean::equals).isPresent();
	}

}
