package io.waypost.journey.engine;

import java.util.Map;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.TwoTenants;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The tenant of a run is that of the engine's row, whatever the variables say. */
@WaypostTest
class TenantOfRunIntegrationTests {

	private static final String WAITS = """
			<?xml version="1.0" encoding="UTF-8"?>
			<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
				xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
				<process id="waits-for-task" isExecutable="true" camunda:historyTimeToLive="P1D">
					<startEvent id="start"/>
					<sequenceFlow id="f" sourceRef="start" targetRef="task"/>
					<userTask id="task"/>
					<sequenceFlow id="g" sourceRef="task" targetRef="end"/>
					<endEvent id="end"/>
				</process>
			</definitions>
			""";

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private RepositoryService repository;

	@Autowired
	private RuntimeService runtime;

	@Autowired
	private TaskService tasks;

	@Autowired
	private JdbcClient jdbc;

	private TwoTenants tenants;

	@BeforeEach
	void open() {
		this.tenants = new TwoTenants(this.http, this.accounts);
	}

	/**
	 * Stands in for every construct that writes a variable: result variables, mappings,
	 * multi-instance elements. The end of a process stores the end of its run.
	 */
	@Test
	void endsNoRunOfTheTenantThatAVariableNames() {
		String victim = insertRun(TestTenant.ID);
		String deployment = this.repository.createDeployment().addString("waits.bpmn", WAITS).deploy().getId();
		try {
			assertThat(start(TwoTenants.OTHER, "{\"businessKey\": \"%s\"}".formatted(victim)).getStatusCode())
				.isEqualTo(HttpStatus.OK);
			ProcessInstance instance = this.runtime.createProcessInstanceQuery()
				.processInstanceBusinessKey(victim)
				.singleResult();
			assertThat(instance.getTenantId()).isEqualTo(TwoTenants.OTHER.value());
			this.runtime.setVariables(instance.getId(), Map.of("tenantId", TestTenant.ID.value(), "runId", victim));
			this.tasks
				.complete(this.tasks.createTaskQuery().processInstanceId(instance.getId()).singleResult().getId());
			assertThat(status(victim)).isEqualTo("pending");
		}
		finally {
			this.repository.deleteDeployment(deployment, true);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tenantId", "sendId", "sendStatus", "route", "batch", "attempt", "deferrals", "deferUntil",
			"reviewDecision", "reviewDue", "reviewExpiry", "contentId", "flagged", "testUntil" })
	void refusesReservedVariablesAtTheStart(String name) {
		String deployment = this.repository.createDeployment().addString("waits.bpmn", WAITS).deploy().getId();
		try {
			for (String value : new String[] { TwoTenants.OTHER.value(), TestTenant.ID.value() }) {
				ResponseEntity<String> answer = start(TwoTenants.OTHER,
						"{\"variables\": {\"%s\": {\"value\": \"%s\"}}}".formatted(name, value));
				assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.BAD_REQUEST);
				assertThat(answer.getBody()).contains("'" + name + "'");
			}
			assertThat(this.runtime.createProcessInstanceQuery().processDefinitionKey("waits-for-task").count())
				.isZero();
		}
		finally {
			this.repository.deleteDeployment(deployment, true);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tenantId", "runId", "sendId", "profileId", "campaignId", "chunk", "route" })
	void refusesReservedVariablesInMessagesSignalsAndConditions(String name) {
		String variable = "{\"%s\": {\"value\": \"x\"}}".formatted(name);
		for (String[] request : new String[][] {
				{ "/engine-rest/message", "{\"messageName\": \"m\", \"processVariables\": " + variable + "}" },
				{ "/engine-rest/message", "{\"messageName\": \"m\", \"processVariablesLocal\": " + variable + "}" },
				{ "/engine-rest/message",
						"{\"messageName\": \"m\", \"processVariablesToTriggeredScope\": " + variable + "}" },
				{ "/engine-rest/signal", "{\"name\": \"s\", \"variables\": " + variable + "}" },
				{ "/engine-rest/condition", "{\"variables\": " + variable + "}" },
				{ "/engine-rest/process-instance/message-async",
						"{\"messageName\": \"m\", \"variables\": " + variable + "}" },
				{ "/engine-rest/execution/x/signal", "{\"variables\": " + variable + "}" },
				{ "/engine-rest/execution/x/messageSubscriptions/m/trigger", "{\"variables\": " + variable + "}" } }) {
			ResponseEntity<String> answer = this.tenants.send(TwoTenants.OTHER, Role.ADMIN, HttpMethod.POST, request[0],
					request[1]);
			// Most of these paths are open to no role; ReservedVariablesTests covers the
			// body
			assertThat(answer.getStatusCode()).as(request[0] + answer.getBody())
				.isIn(HttpStatus.BAD_REQUEST, HttpStatus.FORBIDDEN);
		}
	}

	/** The engine decodes the path, so the filter must do it too. */
	@Test
	void refusesEncodedPaths() {
		for (String path : new String[] { "/engine-rest/process-instance/x/modificatio%6e",
				"/engine-rest/task/x/variable%73", "/engine-rest/process-instance/x/v%61riables" }) {
			assertThat(this.tenants.send(TwoTenants.OTHER, Role.ADMIN, HttpMethod.POST, path, "{}").getStatusCode())
				.as(path)
				.isEqualTo(HttpStatus.FORBIDDEN);
		}
	}

	private ResponseEntity<String> start(TenantId tenant, String body) {
		return this.tenants.send(tenant, Role.MARKETER, HttpMethod.POST,
				"/engine-rest/process-definition/key/waits-for-task/start", body);
	}

	/** The run is due far in the future, so that the node does not start it. */
	private String insertRun(TenantId tenant) {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					INSERT INTO journey.run (tenant_id, id, journey, profile_id, key, template, topic, delay, status, trigger,
						properties, created_at, next_attempt_at)
					VALUES (?, ?, 'milestone', ?, '', 'milestone', 'marketing', 'PT0S', 'pending', '{}', '{}', now(),
						now() + interval '1 day')
					""")
			.params(tenant.value(), id, UUID.randomUUID())
			.update();
		return id.toString();
	}

	private String status(String run) {
		return this.jdbc.sql("SELECT status FROM journey.run WHERE id = ?")
			.param(UUID.fromString(run))
			.query(String.class)
			.single();
	}

}
