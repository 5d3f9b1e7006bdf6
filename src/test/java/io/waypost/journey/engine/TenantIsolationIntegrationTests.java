package io.waypost.journey.engine;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.journey.engine.tenant.TenantProcesses;
import io.waypost.kernel.TenantId;
import io.waypost.testing.Browser;
import io.waypost.testing.TestTenant;
import io.waypost.testing.TwoTenants;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.cockpit.impl.plugin.resources.BaseRootResource;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.rest.impl.DefaultProcessEngineRestServiceImpl;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks every GET resource of the engine's REST API and of Cockpit as every role of one
 * tenant for the rows of another. The resources are read from the JAX-RS annotations, so
 * a new version of the engine brings its new resources into the test. Two kinds of cells:
 * a resource of one row, asked with the ids of the other tenant, shows nothing; a
 * resource without a row answers the same before and after the other tenant works, also
 * in counts of shared models.
 */
@WaypostTest
class TenantIsolationIntegrationTests {

	private static final Logger log = LoggerFactory.getLogger(TenantIsolationIntegrationTests.class);

	private static final String CANARY = "canary-" + UUID.randomUUID();

	private static final String OWN = "victim-" + CANARY;

	private static final String SHARED = "shared-" + CANARY;

	private static final String REST = "/engine-rest";

	private static final String WEBAPP = "/camunda/api/engine/engine/default";

	private static final String COCKPIT = "/camunda/api/cockpit";

	private static final Pattern PARAMETER = Pattern.compile("\\{([\\w-]+)}");

	/** Answers of 2xx that contain nothing. */
	private static final Set<String> NOTHING = Set.of("", "[]", "{}", "{\"count\":0}");

	/** Change with the clock, or with what the node itself does meanwhile. */
	private static final Set<String> VOLATILE = Set.of("/history/cleanup/job", "/history/cleanup/jobs",
			"/history/cleanup/configuration");

	private static final Map<String, String> TABLES = tables();

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
	private TenantProcesses processes;

	@Autowired
	private JdbcClient jdbc;

	private final Map<Role, Browser> browsers = new EnumMap<>(Role.class);

	private final SortedSet<String> leaks = new TreeSet<>();

	private int cells;

	private TwoTenants tenants;

	@Test
	void showsNoRowOfAnotherTenant() {
		this.tenants = new TwoTenants(this.http, this.accounts);
		for (Role role : Role.values()) {
			this.browsers.put(role, Browser.signIn(this.http.getRootUri(), TwoTenants.user(TwoTenants.OTHER, role)));
		}
		String shared = this.repository.createDeployment()
			.addString("shared.bpmn", EngineModels.waiting(SHARED, null))
			.deploy()
			.getId();
		List<String> resources = resources();
		String sharedId = this.repository.createProcessDefinitionQuery()
			.processDefinitionKey(SHARED)
			.singleResult()
			.getId();
		Map<String, String> before = lists(resources, sharedId);
		VictimRows victim = work();
		try {
			assertThat(victim.tablesWithRows()).contains("act_ru_execution", "act_ru_task", "act_ru_job",
					"act_ru_incident", "act_ru_variable", "act_ru_event_subscr", "act_re_deployment", "act_re_procdef",
					"act_re_decision_def", "act_hi_procinst", "act_hi_actinst", "act_hi_taskinst", "act_hi_varinst",
					"act_hi_decinst", "act_hi_op_log", "act_hi_incident", "act_hi_identitylink");
			assertThat(visibleToOwner(resources, victim)).as("resources that show the owner its rows")
				.isGreaterThan(50);
			askForRows(resources, victim);
			compare(before, lists(resources, sharedId), victim);
			log.info("{} cells of roles and resources asked for rows of another tenant, {} leaks", this.cells,
					this.leaks.size());
			assertThat(this.leaks).isEmpty();
			assertThat(this.cells).isGreaterThan(2_000);
		}
		finally {
			this.repository.createDeploymentQuery()
				.deploymentName("test")
				.tenantIdIn(TestTenant.ID.value())
				.list()
				.forEach((deployment) -> this.repository.deleteDeployment(deployment.getId(), true));
			this.repository.deleteDeployment(shared, true);
		}
	}

	private static List<String> resources() {
		List<String> all = new ArrayList<>();
		for (String path : EngineReads.of(DefaultProcessEngineRestServiceImpl.class, "")) {
			all.add(REST + path);
			all.add(WEBAPP + path);
		}
		EngineReads.of(BaseRootResource.class, "/plugin/base").forEach((path) -> all.add(COCKPIT + path));
		return all;
	}

	/** Fills every table that has a column for the tenant. */
	private VictimRows work() {
		TenantId tenant = TestTenant.ID;
		assertThat(this.tenants.deploy(tenant, Role.MODELER, null, "victim.dmn", EngineModels.table("t-" + CANARY))
			.getStatusCode()).isEqualTo(HttpStatus.OK);
		ResponseEntity<String> deployed = this.tenants.deploy(tenant, Role.MODELER, null, "victim.bpmn",
				EngineModels.waiting(OWN, "t-" + CANARY));
		assertThat(deployed.getStatusCode()).as(deployed.getBody()).isEqualTo(HttpStatus.OK);
		for (String key : List.of(OWN, SHARED)) {
			ResponseEntity<String> started = this.tenants.send(tenant, Role.MARKETER, HttpMethod.POST,
					REST + "/process-definition/key/" + key + "/start",
					"{\"businessKey\": \"%s\", \"variables\": {\"colour\": {\"value\": \"%s\"}}}".formatted(CANARY,
							CANARY));
			assertThat(started.getStatusCode()).as(started.getBody()).isEqualTo(HttpStatus.OK);
		}
		this.processes.start(tenant, SHARED, (start) -> start.businessKey(CANARY));
		for (Task task : this.tasks.createTaskQuery().processInstanceBusinessKey(CANARY).list()) {
			this.runtime.setVariable(task.getExecutionId(), "contentId", CANARY);
			this.runtime.createIncident("manual", task.getExecutionId(), CANARY);
			this.tasks.createComment(task.getId(), task.getProcessInstanceId(), CANARY);
			this.tasks.createAttachment("url", task.getId(), task.getProcessInstanceId(), CANARY, CANARY,
					"https://example.com/" + CANARY);
			this.tasks.setVariableLocal(task.getId(), "note", CANARY);
		}
		evaluateTables(tenant);
		return new VictimRows(this.jdbc, tenant);
	}

	private void evaluateTables(TenantId tenant) {
		assertThat(this.tenants
			.send(tenant, Role.ADMIN, HttpMethod.POST, REST + "/decision-definition/key/t-" + CANARY + "/evaluate",
					"{\"variables\": {\"value\": {\"value\": \"%s\"}}}".formatted(CANARY))
			.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(this.tenants
			.send(tenant, Role.ADMIN, HttpMethod.POST, REST + "/decision-definition/key/fallback/evaluate",
					"{\"variables\": {\"step\": {\"value\": \"%s\"}}}".formatted(CANARY))
			.getStatusCode()
			.is5xxServerError()).isFalse();
	}

	/** Without rows that the owner sees, the test would prove nothing. */
	private int visibleToOwner(List<String> resources, VictimRows victim) {
		int visible = 0;
		for (String resource : resources) {
			if (resource.startsWith(REST)) {
				ResponseEntity<String> answer = this.tenants.send(TestTenant.ID, Role.ADMIN, HttpMethod.GET,
						filled(resource, victim), null);
				visible += (answer.getStatusCode().is2xxSuccessful() && !NOTHING.contains(body(answer))) ? 1 : 0;
			}
		}
		return visible;
	}

	private void askForRows(List<String> resources, VictimRows victim) {
		for (String resource : resources) {
			if (resource.replace("{engine}", "").contains("{")) {
				String path = filled(resource, victim);
				for (Role role : Role.values()) {
					Answer answer = get(role, path);
					this.cells++;
					boolean shown = answer.ok() && !NOTHING.contains(answer.body()) && !isRole(resource);
					if (shown || answer.body().contains(CANARY) && !path.contains(CANARY)
							|| !victim.in(answer.body(), path).isEmpty()) {
						this.leaks.add(role + " GET " + resource + " -> " + answer);
					}
				}
			}
		}
	}

	/** Groups are the roles, which all tenants have. */
	private static boolean isRole(String resource) {
		return resource.contains("/group/{id}");
	}

	/** Asks resources without a row, and those of a shared model. */
	private Map<String, String> lists(List<String> resources, String sharedId) {
		Map<String, String> answers = new LinkedHashMap<>();
		for (String resource : resources) {
			String path = resource.replace("{engine}", "default")
				.replace("/process-definition/{id}", "/process-definition/" + sharedId)
				.replace("/process-definition/key/{key}", "/process-definition/key/" + SHARED);
			if (!path.contains("{") && VOLATILE.stream().noneMatch(path::endsWith)) {
				for (Role role : Role.values()) {
					answers.put(role + " GET " + path, get(role, path + required(path)).toString());
				}
			}
		}
		return answers;
	}

	private static String required(String path) {
		return path.endsWith("/report") ? "?reportType=duration&periodUnit=month" : "?maxResults=200";
	}

	private void compare(Map<String, String> before, Map<String, String> after, VictimRows victim) {
		before.forEach((cell, answer) -> {
			this.cells++;
			String now = after.getOrDefault(cell, "");
			if (!now.equals(answer) || now.contains(CANARY) && !answer.contains(CANARY)
					|| !victim.in(now, "").isEmpty()) {
				this.leaks.add(cell + " -> " + shortened(answer) + " then " + shortened(now));
			}
		});
	}

	private static String filled(String resource, VictimRows victim) {
		String path = resource.replace("{engine}", "default");
		for (Map.Entry<String, String> table : TABLES.entrySet()) {
			if (path.contains(table.getKey() + "/{")) {
				path = path.replaceFirst(Pattern.quote(table.getKey()) + "/\\{[\\w-]+}",
						Matcher.quoteReplacement(table.getKey() + "/" + victim.id(table.getValue())));
				break;
			}
		}
		path = path.replace("/process-definition/key/{key}", "/process-definition/key/" + OWN)
			.replace("definition/key/{key}", "definition/key/t-" + CANARY)
			.replaceAll("/tenant-id/\\{[\\w-]+}", "/tenant-id/" + TestTenant.ID.value())
			.replaceAll("/tenant/\\{[\\w-]+}", "/tenant/" + TestTenant.ID.value())
			.replaceAll("/user/\\{[\\w-]+}", "/user/" + TestTenant.user(Role.ADMIN))
			.replaceAll("/group/\\{[\\w-]+}", "/group/reviewer")
			.replaceAll("\\{varId}|\\{variableName}", "contentId")
			.replaceAll("\\{commentId}", victim.id("act_hi_comment"))
			.replaceAll("\\{attachmentId}", victim.id("act_hi_attachment"))
			.replaceAll("\\{resourceId}", victim.id("act_ge_bytearray"));
		return PARAMETER.matcher(path).replaceAll("contentId");
	}

	private static Map<String, String> tables() {
		Map<String, String> tables = new LinkedHashMap<>();
		tables.put("/history/process-instance", "act_hi_procinst");
		tables.put("/history/activity-instance", "act_hi_actinst");
		tables.put("/history/variable-instance", "act_hi_varinst");
		tables.put("/history/decision-instance", "act_hi_decinst");
		tables.put("/history/job-log", "act_hi_job_log");
		tables.put("/history/detail", "act_hi_detail");
		tables.put("/history/process-definition", "act_re_procdef");
		tables.put("/history/decision-requirements-definition", "act_re_decision_req_def");
		tables.put("/process-definition", "act_re_procdef");
		tables.put("/decision-definition", "act_re_decision_def");
		tables.put("/decision-requirements-definition", "act_re_decision_req_def");
		tables.put("/process-instance", "act_hi_procinst");
		tables.put("/execution", "act_ru_execution");
		tables.put("/task", "act_ru_task");
		tables.put("/job-definition", "act_ru_jobdef");
		tables.put("/job", "act_ru_job");
		tables.put("/incident", "act_ru_incident");
		tables.put("/deployment", "act_re_deployment");
		tables.put("/variable-instance", "act_ru_variable");
		tables.put("/event-subscription", "act_ru_event_subscr");
		tables.put("/external-task", "act_ru_ext_task");
		tables.put("/batch", "act_ru_batch");
		return tables;
	}

	/** The webapps' own API takes the session of the console. */
	private Answer get(Role role, String path) {
		if (path.startsWith(REST)) {
			ResponseEntity<String> answer = this.tenants.send(TwoTenants.OTHER, role, HttpMethod.GET, path, null);
			return new Answer(answer.getStatusCode().value(), body(answer));
		}
		HttpResponse<String> answer = this.browsers.get(role).get(path, "application/json, */*");
		return new Answer(answer.statusCode(), answer.body().strip());
	}

	private static String body(ResponseEntity<String> answer) {
		return (answer.getBody() != null) ? answer.getBody().strip() : "";
	}

	private static String shortened(String text) {
		return (text.length() > 300) ? text.substring(0, 300) + "…" : text;
	}

	private record Answer(int status, String body) {

		boolean ok() {
			return this.status >= 200 && this.status < 300;
		}

		@Override
		public String toString() {
			return this.status + " " + (ok() ? shortenedBody() : "");
		}

		private String shortenedBody() {
			return (this.body.length() > 20_000) ? this.body.length() + " characters, " + this.body.hashCode()
					: this.body;
		}

	}

}
