package io.waypost.journey.engine;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.journey.Journeys;
import io.waypost.journey.engine.tenant.TenantProcesses;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionTableCatalogue;
import io.waypost.policy.DecisionTableEvaluator;
import io.waypost.testing.TestTenant;
import io.waypost.testing.TwoTenants;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** Models of one tenant over the shared ones, and who may change which. */
@WaypostTest
class TenantModelsIntegrationTests {

	private final String key = "model-" + UUID.randomUUID();

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private RepositoryService repository;

	@Autowired
	private RuntimeService runtime;

	@Autowired
	private HistoryService history;

	@Autowired
	private IdentityService identity;

	@Autowired
	private TenantProcesses processes;

	@Autowired
	private Journeys journeys;

	@Autowired
	private DecisionTableEvaluator decisions;

	@Autowired
	private DecisionTableCatalogue catalogue;

	private TwoTenants tenants;

	@BeforeEach
	void open() {
		this.tenants = new TwoTenants(this.http, this.accounts);
	}

	@AfterEach
	void delete() {
		this.repository.createDeploymentQuery()
			.list()
			.stream()
			.filter((deployment) -> this.repository.getDeploymentResourceNames(deployment.getId())
				.stream()
				.anyMatch((name) -> name.contains(this.key)))
			.forEach((deployment) -> this.repository.deleteDeployment(deployment.getId(), true));
	}

	@Test
	void deploysInTheTenantOfTheCaller() {
		for (String field : new String[] { null, TwoTenants.OTHER.value() }) {
			assertThat(deploy(Role.MODELER, field, EngineModels.ending(this.key, "own")).getStatusCode())
				.isEqualTo(HttpStatus.OK);
			assertThat(newest().getTenantId()).isEqualTo(TwoTenants.OTHER.value());
		}
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "MODELER", "ADMIN", "PLATFORM_ADMIN" })
	void refusesDeploymentsInAnotherTenant(Role role) {
		ResponseEntity<String> answer = deploy(role, TestTenant.ID.value(), EngineModels.ending(this.key, "own"));
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody()).contains("'test'", "'other'");
		assertThat(this.repository.createProcessDefinitionQuery().processDefinitionKey(this.key).count()).isZero();
	}

	@Test
	void letsOnlyAdministratorsOfTheInstallationDeploySharedModels() {
		assertThat(deploy(Role.PLATFORM_ADMIN, null, EngineModels.ending(this.key, "shared")).getStatusCode())
			.isEqualTo(HttpStatus.OK);
		assertThat(newest().getTenantId()).isNull();
	}

	@Test
	void startsTheModelOfTheTenantElseTheSharedOne() {
		shared(EngineModels.ending(this.key, "shared"));
		assertThat(endOf(started(TwoTenants.OTHER))).isEqualTo("shared");
		deploy(Role.MODELER, null, EngineModels.ending(this.key, "own"));
		assertThat(endOf(started(TwoTenants.OTHER))).isEqualTo("own");
		assertThat(endOf(started(TestTenant.ID))).isEqualTo("shared");
		assertThat(endOf(startedOverRest(TwoTenants.OTHER))).isEqualTo("own");
		assertThat(endOf(startedOverRest(TestTenant.ID))).isEqualTo("shared");
	}

	@Test
	void callsTheModelOfTheTenantElseTheSharedOne() {
		String caller = this.key + "-caller";
		shared(EngineModels.ending(this.key, "shared"));
		this.repository.createDeployment().addString(caller + ".bpmn", EngineModels.calling(caller, this.key)).deploy();
		deploy(Role.MODELER, null, EngineModels.ending(this.key, "own"));
		assertThat(called(TwoTenants.OTHER, caller)).isEqualTo("own");
		assertThat(called(TestTenant.ID, caller)).isEqualTo("shared");
		this.tenants.deploy(TestTenant.ID, Role.MODELER, null, caller + ".bpmn",
				EngineModels.calling(caller, this.key));
		assertThat(called(TestTenant.ID, caller)).as("a model of the tenant calls a shared one").isEqualTo("shared");
	}

	@Test
	void evaluatesTheTableOfTheTenantElseTheSharedOne() {
		this.repository.createDeployment()
			.addString(this.key + ".dmn", EngineModels.table(this.key, "\"shared\""))
			.deploy();
		assertThat(answer(TwoTenants.OTHER)).isEqualTo("shared");
		assertThat(this.tenants
			.deploy(TwoTenants.OTHER, Role.MODELER, null, this.key + ".dmn", EngineModels.table(this.key, "\"own\""))
			.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(answer(TwoTenants.OTHER)).isEqualTo("own");
		assertThat(answer(TestTenant.ID)).isEqualTo("shared");
		assertThat(this.catalogue.find(TestTenant.ID, this.key).orElseThrow().versions()).hasSize(1);
		assertThat(evaluatedOverRest(TwoTenants.OTHER)).contains("own");
		assertThat(evaluatedOverRest(TestTenant.ID)).contains("shared");
	}

	@Test
	void hidesModelsFromOtherTenants() {
		deploy(Role.MODELER, null, EngineModels.ending(this.key, "own"));
		String id = newest().getId();
		String path = "/api/v1/journeys/diagrams/" + id;
		assertThat(get(TwoTenants.OTHER, Role.MARKETER, path)).isEqualTo(HttpStatus.OK);
		assertThat(get(TestTenant.ID, Role.MARKETER, path)).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(this.journeys.newest(TestTenant.ID, this.key)).isEmpty();
		assertThat(this.journeys.definitions(TestTenant.ID)).noneMatch((found) -> found.key().equals(this.key));
		assertThat(this.journeys.definitions(TwoTenants.OTHER)).anyMatch((found) -> found.id().equals(id));
		assertThat(get(TestTenant.ID, Role.MARKETER, "/engine-rest/process-definition/key/" + this.key))
			.isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(get(TestTenant.ID, Role.MARKETER,
				"/engine-rest/process-definition/key/" + this.key + "/tenant-id/other"))
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	/** Each of these worked for the administrator of any tenant. */
	@ParameterizedTest
	@EnumSource(value = Role.class, names = "PLATFORM_ADMIN", mode = EnumSource.Mode.EXCLUDE)
	void refusesChangesOfSharedModels(Role role) {
		String deployment = shared(EngineModels.ending(this.key, "shared"));
		String id = newest().getId();
		String table = this.repository.createDecisionDefinitionQuery()
			.decisionDefinitionKey("consent")
			.withoutTenantId()
			.latestVersion()
			.singleResult()
			.getId();
		String suspended = "{\"suspended\": true, \"includeProcessInstances\": true}";
		for (Map.Entry<String, String> change : Map
			.of("PUT /engine-rest/process-definition/" + id + "/suspended", suspended,
					"PUT /engine-rest/process-definition/suspended",
					"{\"processDefinitionKey\": \"%s\", \"suspended\": true}".formatted(this.key),
					"PUT /engine-rest/process-instance/suspended",
					"{\"processDefinitionKey\": \"%s\", \"suspended\": true}".formatted(this.key),
					"PUT /engine-rest/job/suspended",
					"{\"processDefinitionId\": \"%s\", \"suspended\": true}".formatted(id),
					"PUT /engine-rest/process-definition/" + id + "/history-time-to-live", "{\"historyTimeToLive\": 1}",
					"PUT /engine-rest/decision-definition/" + table + "/history-time-to-live",
					"{\"historyTimeToLive\": 1}", "DELETE /engine-rest/process-definition/" + id + "?cascade=true", "",
					"DELETE /engine-rest/deployment/" + deployment + "?cascade=true", "")
			.entrySet()) {
			assertThat(change(role, change.getKey(), change.getValue()).is2xxSuccessful()).as(change.getKey())
				.isFalse();
		}
		assertThat(newest().isSuspended()).isFalse();
	}

	@Test
	void letsAdministratorsOfTheInstallationChangeSharedModels() {
		shared(EngineModels.ending(this.key, "shared"));
		assertThat(change(Role.PLATFORM_ADMIN,
				"PUT /engine-rest/process-definition/" + newest().getId() + "/history-time-to-live",
				"{\"historyTimeToLive\": 7}"))
			.isEqualTo(HttpStatus.NO_CONTENT);
	}

	@Test
	void letsTheAdministratorDeleteModelsOfTheTenant() {
		deploy(Role.MODELER, null, EngineModels.ending(this.key, "own"));
		String deployment = newest().getDeploymentId();
		assertThat(this.tenants
			.send(TestTenant.ID, Role.ADMIN, HttpMethod.DELETE, "/engine-rest/deployment/" + deployment, null)
			.getStatusCode()
			.is2xxSuccessful()).isFalse();
		assertThat(change(Role.ADMIN, "DELETE /engine-rest/deployment/" + deployment + "?cascade=true", ""))
			.isEqualTo(HttpStatus.NO_CONTENT);
	}

	/** Retries of a shared model's jobs would change those of all tenants. */
	@Test
	void refusesRetriesForAllTenants() {
		this.repository.createDeployment().addString(this.key + ".bpmn", EngineModels.waiting(this.key, null)).deploy();
		started(TestTenant.ID);
		String definition = this.repository.createProcessDefinitionQuery()
			.processDefinitionKey(this.key)
			.singleResult()
			.getId();
		ResponseEntity<String> found = this.tenants.send(TwoTenants.OTHER, Role.OPERATOR, HttpMethod.GET,
				"/engine-rest/job-definition?maxResults=10&processDefinitionId=" + definition, null);
		String jobDefinition = found.getBody().replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
		assertThat(jobDefinition).as(found.getBody()).hasSize(36);
		assertThat(change(Role.OPERATOR, "PUT /engine-rest/job-definition/" + jobDefinition + "/retries",
				"{\"retries\": 0}")
			.is2xxSuccessful()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	void refusesBatches(Role role) {
		shared(EngineModels.waiting(this.key, null));
		String victim = started(TestTenant.ID);
		assertThat(change(role, "POST /engine-rest/process-instance/delete",
				"{\"processInstanceIds\": [\"%s\"], \"deleteReason\": \"x\"}".formatted(victim))
			.is2xxSuccessful()).isFalse();
		assertThat(this.runtime.createProcessInstanceQuery().processInstanceId(victim).count()).isOne();
	}

	@Test
	void keepsAdministratorsOfTenantsOutOfTheEngineAdministration() {
		assertThat(this.identity.createUserQuery().memberOfGroup("camunda-admin").list()).isEmpty();
		for (Map.Entry<String, String> change : Map.of("POST /engine-rest/authorization/create",
				"{\"type\": 1, \"permissions\": [\"ALL\"], \"userId\": \"other-admin\", \"resourceType\": 6, \"resourceId\": \"*\"}",
				"POST /engine-rest/filter/create",
				"{\"resourceType\": \"Task\", \"name\": \"all\", \"query\": {}, \"properties\": {}}",
				"POST /engine-rest/task/create", "{\"name\": \"standalone\"}", "POST /engine-rest/history/cleanup", "")
			.entrySet()) {
			assertThat(change(Role.ADMIN, change.getKey(), change.getValue()).is2xxSuccessful()).as(change.getKey())
				.isFalse();
		}
	}

	@Test
	void showsEachUserOneTenant() {
		for (TenantId tenant : List.of(TestTenant.ID, TwoTenants.OTHER)) {
			for (Role role : Role.values()) {
				assertThat(this.identity.createTenantQuery().userMember(TwoTenants.user(tenant, role)).list())
					.extracting((found) -> found.getId())
					.containsExactly(tenant.value());
			}
		}
		this.identity.setAuthentication("someone", List.of("reviewer"));
		try {
			assertThat(this.identity.createUserQuery().listPage(0, 10)).as("a caller without tenants").isEmpty();
			assertThat(this.identity.createTenantQuery().listPage(0, 10)).isEmpty();
		}
		finally {
			this.identity.clearAuthentication();
		}
	}

	/** Starts of shared models and evaluations of shared tables belong to the caller. */
	@Test
	void assignsWhatACallerDoesWithSharedModelsToTheTenant() {
		shared(EngineModels.ending(this.key, "shared"));
		String instance = startedOverRest(TwoTenants.OTHER);
		assertThat(this.history.createUserOperationLogQuery().processInstanceId(instance).list())
			.extracting(UserOperationLogEntry::getTenantId)
			.isNotEmpty()
			.containsOnly(TwoTenants.OTHER.value());
		this.repository.createDeployment()
			.addString(this.key + ".dmn", EngineModels.table(this.key, "\"shared\""))
			.deploy();
		evaluatedOverRest(TwoTenants.OTHER);
		assertThat(this.history.createHistoricDecisionInstanceQuery().decisionDefinitionKey(this.key).list())
			.extracting((decision) -> decision.getTenantId())
			.containsExactly(TwoTenants.OTHER.value());
	}

	private ResponseEntity<String> deploy(Role role, String tenantField, String model) {
		return this.tenants.deploy(TwoTenants.OTHER, role, tenantField, this.key + ".bpmn", model);
	}

	private String shared(String model) {
		return this.repository.createDeployment().addString(this.key + ".bpmn", model).deploy().getId();
	}

	private ProcessDefinition newest() {
		return this.repository.createProcessDefinitionQuery()
			.processDefinitionKey(this.key)
			.latestVersion()
			.singleResult();
	}

	private String started(TenantId tenant) {
		return this.processes.start(tenant, this.key, (start) -> start);
	}

	private String startedOverRest(TenantId tenant) {
		ResponseEntity<String> answer = this.tenants.send(tenant, Role.MARKETER, HttpMethod.POST,
				"/engine-rest/process-definition/key/" + this.key + "/start", "{}");
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.OK);
		return answer.getBody().replaceFirst(".*\"id\":\"([0-9a-f-]{36})\".*", "$1");
	}

	private String called(TenantId tenant, String caller) {
		String instance = this.processes.start(tenant, caller, (start) -> start);
		return endOf(this.history.createHistoricProcessInstanceQuery()
			.superProcessInstanceId(instance)
			.singleResult()
			.getId());
	}

	private String endOf(String instance) {
		HistoricProcessInstance ended = this.history.createHistoricProcessInstanceQuery()
			.processInstanceId(instance)
			.singleResult();
		return ended.getEndActivityId();
	}

	private String answer(TenantId tenant) {
		return this.decisions.evaluate(tenant, this.key, Map.of("value", 1)).text("answer");
	}

	private String evaluatedOverRest(TenantId tenant) {
		ResponseEntity<String> answer = this.tenants.send(tenant, Role.ADMIN, HttpMethod.POST,
				"/engine-rest/decision-definition/key/" + this.key + "/evaluate",
				"{\"variables\": {\"value\": {\"value\": 1}}}");
		assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(HttpStatus.OK);
		return answer.getBody();
	}

	private HttpStatus get(TenantId tenant, Role role, String path) {
		return HttpStatus.valueOf(this.tenants.send(tenant, role, HttpMethod.GET, path, null).getStatusCode().value());
	}

	private HttpStatus change(Role role, String request, String body) {
		String[] parts = request.split(" ", 2);
		return HttpStatus
			.valueOf(this.tenants.send(TwoTenants.OTHER, role, HttpMethod.valueOf(parts[0]), parts[1], body)
				.getStatusCode()
				.value());
	}

}
