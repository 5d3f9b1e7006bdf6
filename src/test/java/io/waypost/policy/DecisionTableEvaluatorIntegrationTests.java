package io.waypost.policy;

import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.testing.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Evaluates tables that a process engine has deployed. */
class DecisionTableEvaluatorIntegrationTests {

	private static final String URL = TestDatabase.emptyDatabaseUrl("policy_decisions");

	private static ProcessEngine engine;

	private final AtomicLong nanos = new AtomicLong();

	private final DecisionTableEvaluator decisions = new DecisionTableEvaluator(
			new EngineDecisionTableSource(new ObjectProvider<>() {

				@Override
				public ProcessEngine getObject() {
					return engine;
				}

				@Override
				public Stream<ProcessEngine> stream() {
					return Stream.of(engine);
				}

			}, JdbcClient.create(new DriverManagerDataSource(URL))), new PolicySettings(Duration.ofMillis(250), 1000),
			new SimpleMeterRegistry(), this.nanos::get);

	@BeforeAll
	static void startEngine() {
		engine = ProcessEngineConfiguration.createStandaloneProcessEngineConfiguration()
			.setProcessEngineName("decisions")
			.setJdbcUrl(URL)
			.setJdbcDriver("org.postgresql.Driver")
			.setDatabaseSchemaUpdate("create")
			.setJobExecutorActivate(false)
			.buildProcessEngine();
	}

	@AfterAll
	static void stopEngine() {
		engine.close();
	}

	@Test
	void evaluatesTheNewestDeployedVersion() {
		deploy("\"first\"");
		int version = this.decisions.evaluate(TestDecisionTables.TENANT, "greeting", Map.of("value", 1)).version();
		deploy("\"second\"");
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "greeting", Map.of("value", 1)).text("answer"))
			.isEqualTo("first");
		this.decisions.refresh();
		DecisionResult result = this.decisions.evaluate(TestDecisionTables.TENANT, "greeting", Map.of("value", 1));
		assertThat(result.text("answer")).isEqualTo("second");
		assertThat(result.version()).isEqualTo(version + 1);
		assertThat(result.versionTag()).isEqualTo("2.3.4");
		assertThat(engine.getHistoryService().createHistoricDecisionInstanceQuery().count()).isZero();
	}

	/**
	 * A step that runs during a deployment must not put the old version into the cache of
	 * this node.
	 */
	@Test
	void seesATableDeployedDuringACommand() {
		deploy("\"first\"");
		this.decisions.refresh();
		ProcessEngineConfigurationImpl running = (ProcessEngineConfigurationImpl) engine
			.getProcessEngineConfiguration();
		running.getCommandExecutorTxRequired().execute((step) -> {
			assertThat(
					this.decisions.evaluate(TestDecisionTables.TENANT, "greeting", Map.of("value", 1)).text("answer"))
				.isEqualTo("first");
			CompletableFuture.runAsync(() -> deploy("\"second\"")).join();
			this.decisions.refresh();
			return this.decisions.evaluate(TestDecisionTables.TENANT, "greeting", Map.of("value", 1));
		});
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "greeting", Map.of("value", 1)).text("answer"))
			.isEqualTo("second");
	}

	@Test
	void namesDeployedTables() {
		deploy("\"first\"");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.decisions.evaluate(TestDecisionTables.TENANT, "consent", Map.of()))
			.withMessageContaining("[greeting]");
	}

	@Test
	void engineRejectsATableThatCannotBeParsed() {
		assertThatExceptionOfType(ProcessEngineException.class)
			.isThrownBy(() -> engine.getRepositoryService()
				.createDeployment()
				.addString("dmn/broken.dmn", dmn("\"x\"").replace("</decisionTable>", ""))
				.deploy())
			.withMessageContaining("broken.dmn");
	}

	private static void deploy(String output) {
		engine.getRepositoryService().createDeployment().addString("dmn/greeting.dmn", dmn(output)).deploy();
	}

	private static String dmn(String output) {
		return TestDecisionTables.oneRule("greeting", "2.3.4", output);
	}

}
