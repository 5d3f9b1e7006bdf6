package io.waypost.journey.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.waypost.access.Role;
import io.waypost.journey.engine.identity.EngineGrants;
import io.waypost.journey.engine.identity.EngineGroups;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@WaypostTest
class EngineApiRestrictionsIntegrationTests {

	private static final String UNSAFE = """
			<?xml version="1.0" encoding="UTF-8"?>
			<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
				xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
				<process id="unsafe" isExecutable="true" camunda:historyTimeToLive="P1D">
					<startEvent id="start"/>
					<sequenceFlow id="f" sourceRef="start" targetRef="queue"/>
					<serviceTask id="queue" name="Queue it" camunda:delegateExpression="${queueSend}"/>
				</process>
			</definitions>
			""";

	private static final String HARMLESS = """
			<?xml version="1.0" encoding="UTF-8"?>
			<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
				xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
				<process id="harmless" isExecutable="true" camunda:historyTimeToLive="P1D">
					<startEvent id="start"/>
					<sequenceFlow id="f" sourceRef="start" targetRef="end"/>
					<endEvent id="end"/>
				</process>
			</definitions>
			""";

	private static final String STARTABLE = HARMLESS.replace("\"harmless\"", "\"startable\"");

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private RepositoryService repository;

	@Autowired
	private TaskService tasks;

	@Autowired
	private IdentityService identity;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void refusesRequestsWithoutSignIn() {
		assertThat(this.http.getForEntity("/engine-rest/task", String.class).getStatusCode())
			.isEqualTo(HttpStatus.UNAUTHORIZED);
		assertThat(this.http.getForEntity("/engine-rest/engine", String.class).getStatusCode())
			.isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void keepsSetupClosedThoughNoAdministratorExists() {
		ResponseEntity<String> answer = this.http.postForEntity("/camunda/api/admin/setup/default/user/create", json("""
				{"profile":{"id":"evil","firstName":"E","lastName":"V"},"credentials":{"password":"evil-password"}}
				"""), String.class);
		assertThat(answer.getStatusCode().is2xxSuccessful()).isFalse();
		assertThat(this.identity.isReadOnly()).as("identity is read-only, which also closes the setup").isTrue();
		assertThat(this.jdbc.sql("SELECT count(*) FROM act_id_user").query(Long.class).single()).isZero();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"orQueries\":[{\"dueAfterExpression\":\"${1+1}\"}]}", "{\"dueAfterExpression\":\"${1+1}\"}",
					"{\"orQueries\":[{\"orQueries\":[{\"assigneeExpression\":\"${x}\"}]}]}",
					"{\"orQueries\":[{\"candidateGroupsExpression\":\"${x}\"}]}" })
	void refusesExpressionsInQueriesAtAnyDepth(String query) {
		for (String path : new String[] { "/engine-rest/task", "/engine-rest/task/count" }) {
			ResponseEntity<String> answer = as(Role.REVIEWER, HttpMethod.POST, path, query);
			assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
			assertThat(answer.getHeaders().getContentType())
				.satisfies((type) -> assertThat(type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)).isTrue());
			assertThat(answer.getBody()).contains("Expressions are not allowed");
		}
	}

	@Test
	void refusesExpressionsInQueryParameters() {
		assertThat(as(Role.REVIEWER, HttpMethod.GET, "/engine-rest/task?assigneeExpression=%24%7B1%2B1%7D", null)
			.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void acceptsOrdinaryQueries() {
		ResponseEntity<String> answer = as(Role.REVIEWER, HttpMethod.POST, "/engine-rest/task?maxResults=10",
				"{\"candidateGroup\":\"reviewer\",\"orQueries\":[{\"priority\":50}]}");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
	}

	@Test
	void refusesBodiesThatAreNotJson() {
		assertThat(as(Role.REVIEWER, HttpMethod.POST, "/engine-rest/task", "{\"orQueries\":[").getStatusCode())
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	/** The clean-up job belongs to no tenant; the engine checks no permission for it. */
	@Test
	void protectsTheHistoryCleanUp() {
		String job = this.engine.getHistoryService().cleanUpHistoryAsync(false).getId();
		for (String change : new String[] { "retries", "duedate" }) {
			ResponseEntity<String> answer = as(Role.ADMIN, HttpMethod.PUT, "/engine-rest/job/" + job + "/" + change,
					"{\"retries\":0,\"duedate\":\"2099-01-01T00:00:00.000+0000\"}");
			assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
			assertThat(answer.getBody()).contains(job, "belongs to the engine");
		}
		assertThat(as(Role.ADMIN, HttpMethod.PUT, "/engine-rest/job/" + job + "/suspended", "{\"suspended\":true}")
			.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(this.engine.getManagementService().createJobQuery().jobId(job).singleResult())
			.satisfies((kept) -> assertThat(kept.isSuspended()).isFalse())
			.satisfies((kept) -> assertThat(kept.getRetries()).isPositive());
	}

	@Test
	void refusesJumpsIntoAProcess() {
		assertThat(as(Role.ADMIN, HttpMethod.POST, "/engine-rest/process-definition/key/personalised-message/start",
				"{\"startInstructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"serviceTask_QueueSend\"}]}")
			.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(
				as(Role.ADMIN, HttpMethod.POST, "/engine-rest/process-instance/x/modification", "{}").getStatusCode())
			.isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void refusesVariablesThatTheFormDoesNotHave() {
		Task task = this.tasks.newTask();
		this.tasks.saveTask(task);
		try {
			for (String end : new String[] { "complete", "submit-form", "resolve" }) {
				ResponseEntity<String> answer = as(Role.ADMIN, HttpMethod.POST,
						"/engine-rest/task/" + task.getId() + "/" + end,
						"{\"variables\":{\"reviewDecision\":{\"value\":\"APPROVED\"}}}");
				assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
				assertThat(answer.getBody()).contains("'reviewDecision'");
			}
		}
		finally {
			this.tasks.deleteTask(task.getId(), true);
		}
	}

	/** The engine allows them for every user who may work on the task. */
	@Test
	void refusesVariablesBesideTheForm() {
		Task task = this.tasks.newTask();
		this.tasks.saveTask(task);
		this.tasks.addCandidateGroup(task.getId(), "reviewer");
		String path = "/engine-rest/task/" + task.getId();
		String value = "{\"value\":\"CONTINUE\"}";
		try {
			assertThat(as(Role.REVIEWER, HttpMethod.GET, path + "/variables", null).getStatusCode())
				.isEqualTo(HttpStatus.OK);
			for (String kind : new String[] { "/variables", "/localVariables" }) {
				assertThat(as(Role.REVIEWER, HttpMethod.PUT, path + kind + "/route", value).getStatusCode())
					.isEqualTo(HttpStatus.FORBIDDEN);
				assertThat(as(Role.REVIEWER, HttpMethod.POST, path + kind,
						"{\"modifications\":{\"sendId\":{\"value\":\"another\"}}}")
					.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
				assertThat(as(Role.REVIEWER, HttpMethod.DELETE, path + kind + "/route", null).getStatusCode())
					.isEqualTo(HttpStatus.FORBIDDEN);
			}
			assertThat(this.tasks.getVariables(task.getId())).isEmpty();
		}
		finally {
			this.tasks.deleteTask(task.getId(), true);
		}
	}

	/** Reading such a variable calls setters of the class; this one opens a database. */
	@Test
	void deserializesNoClassNamedByACaller() {
		Task task = this.tasks.newTask();
		this.tasks.saveTask(task);
		try {
			this.tasks.setVariable(task.getId(), "harmless", new ArrayList<>(List.of("a", "b")));
			assertThat(this.tasks.getVariable(task.getId(), "harmless")).isEqualTo(List.of("a", "b"));
			this.tasks.setVariable(task.getId(), "harmful",
					Variables.serializedObjectValue("{\"dataSourceJNDI\":null}")
						.objectTypeName("com.zaxxer.hikari.HikariConfig")
						.serializationDataFormat("application/json")
						.create());
			assertThatThrownBy(() -> this.tasks.getVariable(task.getId(), "harmful"))
				.hasStackTraceContaining("com.zaxxer.hikari.HikariConfig");
			assertThatThrownBy(() -> this.tasks.setVariable(task.getId(), "java",
					Variables.serializedObjectValue("rO0ABXQAAWE=")
						.objectTypeName("java.lang.String")
						.serializationDataFormat("application/x-java-serialized-object")
						.create()))
				.isInstanceOf(ProcessEngineException.class);
		}
		finally {
			this.tasks.deleteTask(task.getId(), true);
		}
	}

	@Test
	void refusesUnsafeJourneyOverRestWithElementAndReason() {
		ResponseEntity<String> answer = deploy(Role.MODELER, "unsafe.bpmn", UNSAFE);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains("unsafe.bpmn", "queue", "Queue it", "permissionCheck", "guardrailAgent");
		assertThat(this.repository.createProcessDefinitionQuery().processDefinitionKey("unsafe").count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x.html", "x.cmmn", "x.groovy", "x" })
	void refusesOtherKindsOfFiles(String name) {
		ResponseEntity<String> answer = deploy(Role.MODELER, name, "<x/>");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains(name, "unsupported file type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x.dmn", "x.bpmn" })
	void refusesModelsThatCannotBeRead(String name) {
		ResponseEntity<String> answer = deploy(Role.MODELER, name, "<definitions><unfinished");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains(name, "cannot be read");
	}

	@Test
	void deploysWhatTheCheckerAcceptsAndRecordsIt() {
		ResponseEntity<String> answer = deploy(Role.MODELER, "harmless.bpmn", HARMLESS);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(this.repository.createProcessDefinitionQuery().processDefinitionKey("harmless").count())
			.isPositive();
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "MARKETER", "REVIEWER", "COMPLIANCE", "OPERATOR" })
	void letsOnlyModelersDeploy(Role role) {
		assertThat(deploy(role, "harmless.bpmn", HARMLESS).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "MARKETER", "ADMIN" })
	void letsMarketersStartWhatModelersDeployed(Role role) {
		deploy(Role.MODELER, "startable.bpmn", STARTABLE);
		ResponseEntity<String> answer = start(role, "{\"businessKey\":\"spring\"}");
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.OK);
		assertThat(answer.getBody()).contains("\"tenantId\":\"" + TestTenant.ID.value() + '"')
			.contains("\"businessKey\":\"spring\"");
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "MODELER", "REVIEWER", "COMPLIANCE", "OPERATOR" })
	void refusesStartsByOtherRoles(Role role) {
		deploy(Role.MODELER, "startable.bpmn", STARTABLE);
		ResponseEntity<String> answer = start(role, "{\"businessKey\":\"by-%s\"}".formatted(role));
		// Without permission to read the process the answer is "not found"
		assertThat(answer.getStatusCode()).as(answer.getBody()).isIn(HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND);
		assertThat(this.engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey("by-" + role)
			.count()).isZero();
	}

	@Test
	void startsNothingInTheNameOfAnotherTenant() {
		deploy(Role.MODELER, "startable.bpmn", STARTABLE);
		ResponseEntity<String> other = start(Role.MARKETER,
				"{\"variables\":{\"tenantId\":{\"value\":\"another-tenant\",\"type\":\"String\"}}}");
		assertThat(other.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(other.getBody()).contains("tenantId");
		ResponseEntity<String> own = start(Role.MARKETER, "{}");
		assertThat(own.getStatusCode()).as(own.getBody()).isEqualTo(HttpStatus.OK);
		assertThat(own.getBody()).contains("\"tenantId\":\"" + TestTenant.ID.value() + '"');
	}

	@Test
	void addsMissingGrantsAtTheNextStart(@Autowired AuthorizationService authorizations,
			@Autowired EngineGrants grants) {
		Authorization before = startsOfMarketers(authorizations);
		before.removePermission(Permissions.CREATE_INSTANCE);
		authorizations.saveAuthorization(before);
		grants.on(null);
		assertThat(startsOfMarketers(authorizations).isPermissionGranted(Permissions.CREATE_INSTANCE)).isTrue();
		assertThat(startsOfMarketers(authorizations).isPermissionGranted(Permissions.READ)).isTrue();
	}

	private static Authorization startsOfMarketers(AuthorizationService authorizations) {
		return authorizations.createAuthorizationQuery()
			.groupIdIn(EngineGroups.of(Role.MARKETER))
			.resourceType(Resources.PROCESS_DEFINITION)
			.singleResult();
	}

	private ResponseEntity<String> start(Role role, String body) {
		return as(role, HttpMethod.POST, "/engine-rest/process-definition/key/startable/start", body);
	}

	@Test
	void letsAdministratorsDeploy() {
		assertThat(deploy(Role.ADMIN, "harmless.bpmn", HARMLESS).getStatusCode()).isEqualTo(HttpStatus.OK);
	}

	@Test
	void mapsRolesToEngineGroups() {
		for (Role role : Role.values()) {
			assertThat(this.identity.createGroupQuery().groupMember(TestTenant.user(role)).list())
				.extracting((group) -> group.getId())
				.contains(EngineGroups.of(role));
		}
		assertThat(this.identity.createUserQuery().memberOfGroup("reviewer").list()).extracting((user) -> user.getId())
			.contains(TestTenant.user(Role.REVIEWER));
		assertThat(this.identity.checkPassword(TestTenant.user(Role.REVIEWER), TestTenant.PASSWORD)).isTrue();
		assertThat(this.identity.checkPassword(TestTenant.user(Role.REVIEWER), "wrong")).isFalse();
	}

	@Test
	void listsUsersOfTheOwnTenantOnly() {
		this.identity.setAuthentication("another-user", List.of("reviewer"), List.of("another-tenant"));
		try {
			assertThat(this.identity.createUserQuery().listPage(0, 10)).isEmpty();
		}
		finally {
			this.identity.clearAuthentication();
		}
	}

	@Test
	void hidesTasksOfOtherTenants() {
		Task task = this.tasks.newTask();
		task.setTenantId("another-tenant");
		this.tasks.saveTask(task);
		this.tasks.addCandidateGroup(task.getId(), "reviewer");
		try {
			assertThat(as(Role.ADMIN, HttpMethod.GET, "/engine-rest/task/" + task.getId(), null).getStatusCode())
				.isEqualTo(HttpStatus.NOT_FOUND);
		}
		finally {
			this.tasks.deleteTask(task.getId(), true);
		}
	}

	@Test
	void seesOnlyNamedBeansInExpressions() {
		EngineBeans beans = new EngineBeans(null);
		assertThat(beans.containsKey("runtimeService")).isFalse();
		assertThat(beans.containsKey("plannerAgent")).isTrue();
		assertThat(this.engine.getProcessEngineConfiguration().isAuthorizationEnabled()).isTrue();
	}

	private ResponseEntity<String> deploy(Role role, String name, String content) {
		MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
		parts.add("deployment-name", "test");
		parts.add("data", new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return name;
			}
		});
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.MULTIPART_FORM_DATA);
		headers.setBearerAuth(TestTenant.token(role));
		return this.http.exchange("/engine-rest/deployment/create", HttpMethod.POST, new HttpEntity<>(parts, headers),
				String.class);
	}

	private ResponseEntity<String> as(Role role, HttpMethod method, String path, String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setBearerAuth(TestTenant.token(role));
		return this.http.exchange(URI.create(this.http.getRootUri() + path), method, new HttpEntity<>(body, headers),
				String.class);
	}

	private static HttpEntity<String> json(String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		return new HttpEntity<>(body, headers);
	}

}
