package io.waypost.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random BPMN model around the steps of a message: a correct chain with random changes,
 * or random elements. It may do what the journey checker refuses.
 */
final class RandomModel {

	private static final List<String> CHAIN = List.of("openSend", "permissionCheck", "throttlingCheck", "plannerAgent",
			"executorAgent", "evaluatorAgent", "guardrailAgent", "queueSend");

	private static final List<String> STEPS = List.of("openSend", "permissionCheck", "plannerAgent", "executorAgent",
			"fallbackExecutorAgent", "evaluatorAgent", "guardrailAgent", "queueSend", "flagForReview", "applyReview",
			"expireReview", "deferSend", "throttlingCheck", "triggerAgent", "review", "timer", "fork", "skip",
			"compensation", "script");

	private static final List<String> CONDITIONS = List.of("${route == 'CONTINUE'}", "${route == 'REVIEW'}",
			"${route != 'STOP'}", "${true}", "${false}", "${attempt == 1}");

	private final Random random;

	private final StringBuilder elements = new StringBuilder();

	private final List<String> ids = new ArrayList<>();

	private final List<String> queues = new ArrayList<>();

	private int flows;

	RandomModel(Random random) {
		this.random = random;
	}

	/** Ids of the elements that queue the send. */
	List<String> queues() {
		return List.copyOf(this.queues);
	}

	String xml(String key) {
		List<String> kinds = kinds();
		String last = "start";
		List<String> skips = new ArrayList<>();
		for (int at = 0; at < kinds.size(); at++) {
			String id = kinds.get(at) + "_" + at;
			this.ids.add(id);
			flow(last, entry(kinds.get(at), id), "");
			last = element(kinds.get(at), id, skips);
		}
		flow(last, "end", "");
		skips.forEach((gateway) -> {
			int at = Integer.parseInt(gateway.substring(gateway.lastIndexOf('_') + 1));
			int to = at + 1 + this.random.nextInt(kinds.size() - at);
			flow(gateway, (to < kinds.size()) ? entry(kinds.get(to), this.ids.get(to)) : "end",
					CONDITIONS.get(this.random.nextInt(CONDITIONS.size())));
		});
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
					<process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
						<startEvent id="start"/><endEvent id="end"/>
						%s
					</process>
				</definitions>
				""".formatted(key, this.elements);
	}

	private List<String> kinds() {
		List<String> kinds = new ArrayList<>();
		if (this.random.nextInt(10) > 0) {
			kinds.addAll(CHAIN);
		}
		int changes = this.random.nextInt(6);
		for (int change = 0; change < changes; change++) {
			int at = this.random.nextInt(kinds.size() + 1);
			switch (this.random.nextInt(4)) {
				case 0 -> remove(kinds, at);
				case 1 -> swap(kinds, at);
				default -> kinds.add(at, STEPS.get(this.random.nextInt(STEPS.size())));
			}
		}
		if (this.random.nextInt(3) == 0) {
			kinds.addAll(List.of("flagForReview", "review", "applyReview", "queueSend"));
		}
		return kinds;
	}

	private static void remove(List<String> kinds, int at) {
		if (at < kinds.size()) {
			kinds.remove(at);
		}
	}

	private void swap(List<String> kinds, int at) {
		if (at < kinds.size()) {
			int other = this.random.nextInt(kinds.size());
			String kind = kinds.get(at);
			kinds.set(at, kinds.get(other));
			kinds.set(other, kind);
		}
	}

	private static String entry(String kind, String id) {
		return kind.equals("fork") ? id + "_split" : id;
	}

	/** Writes an element; returns the id that the next flow leaves. */
	private String element(String kind, String id, List<String> skips) {
		switch (kind) {
			case "review" -> userTask(id);
			case "timer" -> this.elements.append("""
					<intermediateCatchEvent id="%s"><timerEventDefinition>
					<timeDuration xsi:type="tFormalExpression">PT0S</timeDuration></timerEventDefinition>
					</intermediateCatchEvent>
					""".formatted(id));
			case "fork" -> {
				return fork(id);
			}
			case "skip" -> {
				this.elements.append("<exclusiveGateway id=\"%s\" default=\"%s_default\"/>".formatted(id, id));
				skips.add(id);
			}
			case "compensation" -> compensation(id);
			case "script" -> this.elements
				.append("<scriptTask id=\"%s\" scriptFormat=\"feel\"><script>1</script></scriptTask>".formatted(id));
			default -> service(id, kind);
		}
		return id;
	}

	private void service(String id, String bean) {
		if (bean.equals("queueSend")) {
			this.queues.add(id);
		}
		String async = switch (this.random.nextInt(12)) {
			case 0 -> " camunda:asyncBefore=\"true\"";
			case 1 -> " camunda:asyncAfter=\"true\"";
			default -> "";
		};
		this.elements.append("<serviceTask id=\"%s\" camunda:delegateExpression=\"${%s}\"%s>%s</serviceTask>"
			.formatted(id, bean, async, (this.random.nextInt(8) == 0) ? parameters() : ""));
	}

	private String parameters() {
		String name = List.of("route", "reviewDecision", "template", "journey", "attempt", "reason")
			.get(this.random.nextInt(6));
		String value = List.of("CONTINUE", "APPROVED", "welcome", "test", "${route}").get(this.random.nextInt(5));
		String kind = this.random.nextBoolean() ? "inputParameter" : "outputParameter";
		String parameter = "<camunda:%1$s name=\"%2$s\">%3$s</camunda:%1$s>";
		return "<extensionElements><camunda:inputOutput>" + parameter.formatted(kind, name, "STOP")
				+ parameter.formatted(kind, name, value) + "</camunda:inputOutput></extensionElements>";
	}

	private void userTask(String id) {
		String listeners = (this.random.nextInt(5) == 0) ? "" : """
				<extensionElements><camunda:taskListener event="create" delegateExpression="${reviewTask}"/>
				<camunda:taskListener event="complete" delegateExpression="${reviewTask}"/></extensionElements>
				""";
		this.elements.append("<userTask id=\"%s\" camunda:candidateGroups=\"reviewer,modeler\">%s</userTask>"
			.formatted(id, listeners));
	}

	private String fork(String id) {
		this.elements.append("<parallelGateway id=\"%1$s_split\"/><parallelGateway id=\"%1$s_join\"/>".formatted(id));
		for (String branch : List.of("a", "b")) {
			String step = id + "_" + branch;
			service(step, STEPS.get(this.random.nextInt(14)));
			flow(id + "_split", step, "");
			flow(step, id + "_join", "");
		}
		return id + "_join";
	}

	/** Throws compensation for a step whose handler writes content. */
	private void compensation(String id) {
		this.elements
			.append("""
					<subProcess id="%1$s"><startEvent id="%1$s_s"/><endEvent id="%1$s_e"/>
					<serviceTask id="%1$s_t" camunda:delegateExpression="${plannerAgent}"/>
					<boundaryEvent id="%1$s_b" attachedToRef="%1$s_t"><compensateEventDefinition/></boundaryEvent>
					<serviceTask id="%1$s_h" isForCompensation="true" camunda:delegateExpression="${%2$s}"/>
					<intermediateThrowEvent id="%1$s_c"><compensateEventDefinition/></intermediateThrowEvent>
					<sequenceFlow id="%1$s_1" sourceRef="%1$s_s" targetRef="%1$s_t"/>
					<sequenceFlow id="%1$s_2" sourceRef="%1$s_t" targetRef="%1$s_c"/>
					<sequenceFlow id="%1$s_3" sourceRef="%1$s_c" targetRef="%1$s_e"/><association id="%1$s_a" sourceRef="%1$s_b" targetRef="%1$s_h" associationDirection="One"/></subProcess>
					"""
				.formatted(id, this.random.nextBoolean() ? "executorAgent" : "fallbackExecutorAgent"));
	}

	private void flow(String from, String to, String condition) {
		String id = (from.startsWith("skip") && condition.isEmpty()) ? from + "_default" : "f" + this.flows++;
		String text = condition.isEmpty() ? ""
				: "<conditionExpression xsi:type=\"tFormalExpression\">%s</conditionExpression>".formatted(condition);
		this.elements.append("<sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\">%s</sequenceFlow>".formatted(id,
				from, to, text));
	}

}
