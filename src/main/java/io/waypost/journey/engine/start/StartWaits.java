package io.waypost.journey.engine.start;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.waypost.kernel.FastTime;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Sets the waits that a model states. A start event gives each of them as an extension
 * property with the name of the variable and an ISO 8601 duration, for example
 * {@code secondDelay} and {@code P3D}. A value that the start already has is kept. Waits
 * are shortened when {@code waypost.fast-time} is set.
 */
public final class StartWaits extends AbstractBpmnParseListener {

	private final FastTime fastTime;

	/**
	 * Creates the listener.
	 * @param fastTime shortens waits when it is enabled
	 */
	public StartWaits(FastTime fastTime) {
		this.fastTime = fastTime;
	}

	@Override
	public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl startEvent) {
		if (scope instanceof ProcessDefinitionEntity process) {
			Map<String, Duration> waits = waits(element, process.getKey());
			startEvent.addListener(ExecutionListener.EVENTNAME_START,
					(ExecutionListener) (execution) -> waits.forEach((name, wait) -> {
						if (!execution.hasVariable(name)) {
							execution.setVariable(name, this.fastTime.shorten(wait).toString());
						}
					}));
		}
	}

	/** Other extension properties have no meaning for a start. */
	private static Map<String, Duration> waits(Element startEvent, String process) {
		Map<String, Duration> waits = new TreeMap<>();
		RequiredVariables.properties(startEvent)
			.filter((property) -> StartVariables.isWait(property.attribute("name")))
			.forEach((property) -> waits.put(property.attribute("name"), wait(property, process)));
		return waits;
	}

	private static Duration wait(Element property, String process) {
		String value = property.attribute("value");
		return StartVariables.wait(value)
			.orElseThrow(() -> new ProcessEngineException("The wait %s of the process '%s' must be %s, but it is '%s'"
				.formatted(property.attribute("name"), process, StartVariables.WAIT, value)));
	}

}
