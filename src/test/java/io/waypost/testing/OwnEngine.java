package io.waypost.testing;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * The engine's REST API finds its engine in a place that the whole JVM shares, where the
 * context that started last stands. Each test class puts its own there.
 */
public final class OwnEngine implements TestExecutionListener {

	@Override
	public void beforeTestClass(TestContext test) {
		ProcessEngines.registerProcessEngine(test.getApplicationContext().getBean(ProcessEngine.class));
	}

}
