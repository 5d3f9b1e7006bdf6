package io.waypost.journey.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.testing.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Commands on an engine without a job executor: a job at a save point waits until it is
 * run explicitly.
 */
@Tag("engine-node")
class EngineCommandIntegrationTests {

	private static final String URL = TestDatabase.emptyDatabaseUrl("engine_command");

	/** Business keys of instances that executed a step, with the step. */
	private static final List<String> PASSED = new ArrayList<>();

	private static ProcessEngine engine;

	private final EngineCommand command = new EngineCommand(engine);

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(URL));

	@BeforeAll
	static void startEngine() {
		ProcessEngineConfigurationImpl configuration = (ProcessEngineConfigurationImpl) ProcessEngineConfiguration
			.createStandaloneProcessEngineConfiguration()
			.setProcessEngineName("command")
			.setJdbcUrl(URL)
			.setJdbcDriver("org.postgresql.Driver")
			.setDatabaseSchemaUpdate("create")
			.setJobExecutorActivate(false);
		JavaDelegate pass = (execution) -> PASSED
			.add(execution.getProcessBusinessKey() + " " + execution.getCurrentActivityId());
		JavaDelegate fail = (execution) -> {
			throw new IllegalArgumentException("on purpose");
		};
		configuration.setBeans(new HashMap<>(Map.of("pass", pass, "fail", fail)));
		engine = configuration.buildProcessEngine();
		engine.getRepositoryService()
			.createDeployment()
			.addModelInstance("one.bpmn", model("one", "pass"))
			.addModelInstance("two.bpmn", model("two", "pass", "pass"))
			.addModelInstance("failing.bpmn", model("failing", "pass", "fail"))
			.deploy();
	}

	@AfterAll
	static void stopEngine() {
		engine.close();
	}

	@BeforeEach
	void forget() {
		engine.getRuntimeService()
			.createProcessInstanceQuery()
			.list()
			.forEach((instance) -> engine.getRuntimeService().deleteProcessInstance(instance.getId(), "test"));
		PASSED.clear();
	}

	@Test
	void runsTheJobsOfAllStartedInstances() {
		long before = ended();
		this.command.run(() -> {
			start("one", "a");
			start("one", "b");
			assertThat(PASSED).as("before").isEmpty();
			this.command.passSavePoints();
			assertThat(PASSED).containsExactlyInAnyOrder("a step0", "b step0");
			return "done";
		});
		assertThat(running()).isZero();
		assertThat(jobs()).isEmpty();
		assertThat(ended()).as("in the history").isEqualTo(before + 2);
	}

	@Test
	void leavesJobsToTheJobExecutorUnlessAsked() {
		this.command.run(() -> start("one", "a"));
		assertThat(PASSED).isEmpty();
		assertThat(jobs()).hasSize(1);
	}

	@Test
	void stopsAtTheNextSavePoint() {
		this.command.run(() -> {
			start("two", "a");
			this.command.passSavePoints();
			assertThat(PASSED).containsExactly("a step0");
			return "done";
		});
		assertThat(jobs()).hasSize(1);
		engine.getManagementService().executeJob(jobs().getFirst().getId());
		assertThat(PASSED).containsExactly("a step0", "a step1");
		assertThat(running()).isZero();
	}

	@Test
	void ignoresJobsOfEarlierInstances() {
		start("one", "early");
		this.command.run(() -> {
			assertThat(jobs()).as("seen by this command").hasSize(1);
			start("one", "late");
			this.command.passSavePoints();
			return "done";
		});
		assertThat(PASSED).containsExactly("late step0");
		assertThat(jobs()).hasSize(1);
	}

	@Test
	void keepsNothingWhenAStepFails() {
		long rows = rows();
		assertThatIllegalArgumentException().isThrownBy(() -> this.command.run(() -> {
			start("one", "good");
			start("failing", "bad");
			this.command.passSavePoints();
			this.command.passSavePoints();
			return "done";
		})).withMessage("on purpose");
		assertThat(PASSED).as("what was done before the failure").contains("bad step0");
		assertThat(rows()).as("rows of the engine").isEqualTo(rows);
	}

	@Test
	void returnsWhatTheWorkReturnsInOneCommand() {
		assertThat(this.command.run(() -> this.command.run(() -> "inner") + " and outer")).isEqualTo("inner and outer");
	}

	@Test
	void refusesToPassOutsideACommand() {
		assertThatIllegalStateException().isThrownBy(this.command::passSavePoints).withMessageContaining("command");
	}

	private static String start(String process, String key) {
		return engine.getRuntimeService().startProcessInstanceByKey(process, key).getId();
	}

	private static List<Job> jobs() {
		return engine.getManagementService().createJobQuery().list();
	}

	private static long running() {
		return engine.getRuntimeService().createProcessInstanceQuery().count();
	}

	private static long ended() {
		return engine.getHistoryService().createHistoricProcessInstanceQuery().finished().count();
	}

	private long rows() {
		return this.jdbc.queryForObject("""
				select (select count(*) from act_ru_execution) + (select count(*) from act_ru_job)
					+ (select count(*) from act_hi_procinst) + (select count(*) from act_hi_actinst)
					+ (select count(*) from act_hi_job_log)
				""", Long.class);
	}

	/** Steps one after another, each behind a save point. */
	private static BpmnModelInstance model(String key, String... steps) {
		AbstractFlowNodeBuilder<?, ?> flow = Bpmn.createExecutableProcess(key).camundaHistoryTimeToLive(1).startEvent();
		for (int number = 0; number < steps.length; number++) {
			flow = flow.serviceTask("step" + number)
				.camundaAsyncBefore()
				.camundaDelegateExpression("${" + steps[number] + "}");
		}
		return flow.endEvent().done();
	}

}
