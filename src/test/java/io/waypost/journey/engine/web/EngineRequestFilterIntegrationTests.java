package io.waypost.journey.engine.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.camunda.bpm.admin.impl.web.SetupResource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two open vulnerabilities of Camunda 7.24.0 over HTTP, with and without the fix. A
 * second server has the engine's REST API twice, once as Camunda ships it and once behind
 * {@link EngineRequestFilter} and nothing else (CVE-2026-109432), and the setup of
 * administrators without the filter (CVE-2026-77226).
 */
@WaypostTest
class EngineRequestFilterIntegrationTests {

	/** Calls a method; where it is evaluated, it is the name of the assignee. */
	private static final String OUTER = "{\"assigneeExpression\":\"${'find-'.concat('me')}\"}";

	private static final String INNER = "{\"orQueries\":[" + OUTER + "]}";

	private static final String DEEPER = "{\"orQueries\":[" + INNER + "]}";

	private static final String INTRUDER = """
			{"profile": {"id": "intruder", "firstName": "I", "lastName": "N", "email": "i@example.org"},
			 "credentials": {"password": "intruder-1234"}}
			""";

	@TempDir
	private static Path directory;

	private static Tomcat server;

	private static ProcessEngine camundasOwn;

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private TaskService tasks;

	@Autowired
	private TestRestTemplate waypost;

	@Autowired
	private JdbcClient jdbc;

	private Task task;

	@BeforeAll
	static void startServer() throws Exception {
		server = new Tomcat();
		server.setBaseDir(directory.toString());
		server.setPort(0);
		context("/unprotected", api());
		context("/setup", setup());
		Context guarded = context("/guarded", api());
		FilterDef filter = new FilterDef();
		filter.setFilterName("inspection");
		filter.setFilter(new EngineRequestFilter(new ObjectMapper()));
		guarded.addFilterDef(filter);
		FilterMap everything = new FilterMap();
		everything.setFilterName("inspection");
		everything.addURLPattern("/*");
		guarded.addFilterMap(everything);
		server.start();
	}

	@AfterAll
	static void stopServer() throws Exception {
		server.stop();
		server.destroy();
		camundasOwn.close();
	}

	/** An engine with the users of its own that Camunda comes with. */
	@BeforeAll
	static void startEngineWithCamundasOwnUsers() {
		camundasOwn = ProcessEngineConfiguration.createStandaloneProcessEngineConfiguration()
			.setProcessEngineName("camundas-own")
			.setJdbcUrl(TestDatabase.emptyDatabaseUrl("camundas_own"))
			.setJdbcDriver("org.postgresql.Driver")
			.setDatabaseSchemaUpdate("create")
			.setJobExecutorActivate(false)
			.buildProcessEngine();
	}

	@BeforeEach
	void makeTaskThatOnlyTheEvaluatedExpressionFinds() {
		this.task = this.tasks.newTask();
		this.task.setAssignee("find-me");
		this.tasks.saveTask(this.task);
	}

	@AfterEach
	void deleteTask() {
		this.tasks.deleteTask(this.task.getId(), true);
	}

	@Test
	void isVulnerableWithoutTheFilter() throws Exception {
		HttpResponse<String> answer = ask(local("/unprotected"), INNER);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).as("tasks found by evaluating the expression").contains("\"count\":1");
		assertThat(ask(local("/unprotected"), OUTER).statusCode()).as("the level that the engine does check")
			.isNotEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { INNER, DEEPER, "{\"orQueries\":[{\"priority\":1},{\"candidateUserExpression\":\"x\"}]}" })
	void isBlockedByTheFilter(String query) throws Exception {
		HttpResponse<String> answer = ask(local("/guarded"), query);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(answer.body()).contains("Expressions are not allowed").doesNotContain("count\":");
	}

	@Test
	void letsTheSameQueryWithAValuePassTheFilter() throws Exception {
		HttpResponse<String> answer = ask(local("/guarded"), INNER.replace("assigneeExpression", "assignee"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(ask(local("/guarded"), "{\"orQueries\":[{\"assignee\":\"find-me\"}]}").body())
			.contains("\"count\":1");
	}

	@Test
	void isBlockedInTheProduct() throws Exception {
		for (Role role : new Role[] { Role.REVIEWER, Role.ADMIN }) {
			HttpResponse<String> answer = ask(this.waypost.getRootUri() + "/engine-rest/task/count", INNER,
					"Authorization", "Bearer " + TestTenant.token(role));
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
			assertThat(answer.body()).contains("Expressions are not allowed");
		}
	}

	@Test
	void createsAnAdministratorWithoutSignInInCamundasOwnUsers() throws Exception {
		HttpResponse<String> answer = ask(origin() + "/setup/setup/camundas-own/user/create", INTRUDER);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
		assertThat(camundasOwn.getIdentityService()
			.createUserQuery()
			.memberOfGroup("camunda-admin")
			.userId("intruder")
			.count()).isOne();
	}

	@Test
	void createsNoAdministratorInWaypostsUsers() throws Exception {
		HttpResponse<String> answer = ask(origin() + "/setup/setup/default/user/create", INTRUDER);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
		assertThat(this.jdbc.sql("SELECT count(*) FROM act_id_user").query(Long.class).single()).isZero();
	}

	@Test
	void blocksTheSetupPageInTheProduct() throws Exception {
		HttpResponse<String> answer = ask(this.waypost.getRootUri() + "/camunda/api/admin/setup/default/user/create",
				INTRUDER);
		assertThat(answer.statusCode()).isEqualTo(401);
	}

	private static ResourceConfig api() throws Exception {
		CamundaJerseyResourceConfig api = new CamundaJerseyResourceConfig();
		api.afterPropertiesSet();
		return api;
	}

	private static ResourceConfig setup() {
		ResourceConfig setup = new ResourceConfig(SetupResource.class);
		CamundaRestResources.getConfigurationClasses().forEach(setup::register);
		return setup.register(JacksonFeature.class);
	}

	private static Context context(String path, ResourceConfig rest) {
		Context context = server.addContext(path, directory.toString());
		Tomcat.addServlet(context, "rest", new ServletContainer(rest));
		context.addServletMappingDecoded("/*", "rest");
		return context;
	}

	private static String origin() {
		return "http://localhost:" + server.getConnector().getLocalPort();
	}

	private static String local(String path) {
		return origin() + path + "/task/count";
	}

	private HttpResponse<String> ask(String address, String query, String... header)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(query));
		return this.http.send(((header.length == 0) ? request : request.headers(header)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

}
