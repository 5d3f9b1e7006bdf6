package io.waypost.journey.check;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Refuses constants in a model that would keep the engine busy for all tenants: many
 * instances of a task, timers that repeat at short intervals, retries without end, and a
 * history that is gone the same day.
 */
final class LimitCheck {

	private static final int MAX_INSTANCES = 1_000;

	private static final int MAX_RETRIES = 100;

	private static final Duration MIN_CYCLE = Duration.ofMinutes(1);

	private static final Duration MIN_RETRY = Duration.ofSeconds(1);

	private static final Duration MIN_HISTORY = Duration.ofDays(1);

	private static final Pattern REPETITION = Pattern.compile("R(\\d*)/(?:[^/]*/)?(P[^/]*)");

	private final List<ModelProblem> problems = new ArrayList<>();

	List<ModelProblem> run(Document model) {
		for (Element element : XmlElements.elements(model)) {
			String text = XmlElements.ownText(element).strip();
			switch (element.getLocalName()) {
				case "loopCardinality" -> checkInstances(element, text);
				case "timeCycle" -> checkCycle(element, text);
				case "failedJobRetryTimeCycle" -> checkRetries(element, text);
				case "process" -> checkHistory(element);
				default -> {
				}
			}
		}
		return this.problems;
	}

	/** Each instance of an outer loop has all instances of the inner one. */
	private void checkInstances(Element element, String text) {
		if (!text.matches("\\d+")) {
			return;
		}
		BigInteger instances = new BigInteger(text);
		for (Element outer : enclosingLoops(element)) {
			String outerText = XmlElements.ownText(outer).strip();
			instances = instances.multiply(outerText.matches("\\d+") ? new BigInteger(outerText) : BigInteger.ONE);
		}
		if (instances.compareTo(BigInteger.valueOf(MAX_INSTANCES)) > 0) {
			refuse(element, "has %s instances, with those of the loops around it; at most %d are allowed"
				.formatted((text.length() < 10) ? instances : "more than a billion", MAX_INSTANCES));
		}
	}

	/** The cardinalities of the loops of the subprocesses around an activity. */
	private static List<Element> enclosingLoops(Element cardinality) {
		List<Element> loops = new ArrayList<>();
		Node activity = cardinality.getParentNode().getParentNode();
		for (Node outer = (activity != null) ? activity.getParentNode()
				: null; outer instanceof Element scope; outer = outer.getParentNode()) {
			XmlElements.children(scope)
				.stream()
				.filter((child) -> child.getLocalName().equals("multiInstanceLoopCharacteristics"))
				.flatMap((loop) -> XmlElements.children(loop).stream())
				.filter((child) -> child.getLocalName().equals("loopCardinality"))
				.forEach(loops::add);
		}
		return loops;
	}

	private void checkCycle(Element element, String text) {
		Matcher repetition = REPETITION.matcher(text);
		if (repetition.matches()) {
			requireAtLeast(element, repetition.group(2), MIN_CYCLE);
		}
		else if (!ExpressionGrammar.isExpression(text) && !text.matches("\\d{1,2}\\s.*")) {
			refuse(element, "repeats by '%s'; use R/<duration> or a cron expression that begins with a fixed second"
				.formatted(text));
		}
	}

	private void checkRetries(Element element, String text) {
		for (String part : text.split(",", -1)) {
			Matcher repetition = REPETITION.matcher(part.strip());
			if (!repetition.matches()) {
				requireAtLeast(element, part.strip(), MIN_RETRY);
				continue;
			}
			String times = repetition.group(1);
			if (times.isEmpty() || times.length() > 4 || Integer.parseInt(times) > MAX_RETRIES) {
				refuse(element, "retries '%s'; at most %d retries are allowed".formatted(part, MAX_RETRIES));
			}
			requireAtLeast(element, repetition.group(2), MIN_RETRY);
		}
	}

	private void checkHistory(Element element) {
		String days = element.getAttributeNS(StepEffects.CAMUNDA, "historyTimeToLive");
		if (days.matches("0+")) {
			refuse(element,
					"keeps its history for 0 days; keep it for at least %d day".formatted(MIN_HISTORY.toDays()));
		}
		else if (days.startsWith("P")) {
			requireAtLeast(element, days, MIN_HISTORY);
		}
	}

	/** Years and months are longer than each of the limits. */
	private void requireAtLeast(Element element, String duration, Duration limit) {
		if (ExpressionGrammar.isExpression(duration)
				|| duration.matches("P(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?") && duration.matches(".*[1-9].*")) {
			return;
		}
		Optional<Duration> read = read(duration);
		if (read.isEmpty() || read.get().compareTo(limit) < 0) {
			refuse(element,
					"has the duration '%s'; use an ISO 8601 duration of at least %s".formatted(duration, limit));
		}
	}

	private static Optional<Duration> read(String duration) {
		try {
			return Optional.of(Duration.parse(duration));
		}
		catch (DateTimeException noDuration) {
			return Optional.empty();
		}
	}

	private void refuse(Element element, String reason) {
		this.problems.add(XmlElements.at(element, reason));
	}

}
