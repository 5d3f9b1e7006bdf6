package io.waypost.testing;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Registers the engine of the test's context. The engine's REST API finds the engine in a
 * registry of the JVM, which contains the engine of the context that started last.
 */
public final class OwnEngine implements TestExecutionListener {

	@Override
	public void beforeTestClass(TestContext test) {
		ProcessEngines.registerProcessEngine(test.getApplicationContext().getBean(ProcessEngine.class));
	}

}
