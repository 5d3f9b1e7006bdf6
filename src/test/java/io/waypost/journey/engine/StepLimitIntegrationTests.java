package io.waypost.journey.engine;

import java.util.Map;

import io.waypost.journey.engine.web.FormRefusedException;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Models that never wait, deployed without the journey checker. */
@WaypostTest
class StepLimitIntegrationTests {

	private static final String MODEL = """
			<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
				xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
				<process id="endless" isExecutable="true" camunda:historyTimeToLive="P1D">%s</process>
			</definitions>
			""";

	@Autowired
	private RepositoryService repository;

	@Autowired
	private RuntimeService runtime;

	@ParameterizedTest
	@ValueSource(strings = { """
			<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="g"/><exclusiveGateway id="g"/>
			<sequenceFlow id="b" sourceRef="g" targetRef="t"/><manualTask id="t"/>
			<sequenceFlow id="c" sourceRef="t" targetRef="g"/>
			""" })
	void stopsAModelThatExecutesTooManyStepsInOneTransaction(String elements) {
		String deployment = this.repository.createDeployment()
			.addString("endless.bpmn", MODEL.formatted(elements))
			.deploy()
			.getId();
		try {
			assertThatThrownBy(() -> this.runtime.startProcessInstanceByKey("endless",
					Map.of("instances", 100_000_000, "nested", 60)))
				.hasStackTraceContaining(FormRefusedException.class.getName())
				.hasStackTraceContaining("The process 'endless'");
			assertThat(this.runtime.createProcessInstanceQuery().processDefinitionKey("endless").count()).isZero();
		}
		finally {
			this.repository.deleteDeployment(deployment, true);
		}
	}

	@Test
	void allowsTheModelsOfATenantLess() {
		String deployment = this.repository.createDeployment()
			.tenantId("acme")
			.addString("endless.bpmn", MODEL.formatted("""
					<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="g"/><exclusiveGateway id="g"/>
					<sequenceFlow id="b" sourceRef="g" targetRef="t"/><manualTask id="t"/>
					<sequenceFlow id="c" sourceRef="t" targetRef="g"/>
					"""))
			.deploy()
			.getId();
		try {
			assertThatThrownBy(() -> this.runtime.createProcessInstanceByKey("endless")
				.processDefinitionTenantId("acme")
				.execute()).hasStackTraceContaining("more than 5000 steps");
		}
		finally {
			this.repository.deleteDeployment(deployment, true);
		}
	}

}
