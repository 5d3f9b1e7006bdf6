package io.waypost.policy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DecisionTableEvaluatorTests {

	private final ChangingTables source = new ChangingTables();

	private final AtomicLong nanos = new AtomicLong();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final DecisionTableEvaluator decisions = new DecisionTableEvaluator(this.source,
			new PolicySettings(Duration.ofMillis(250), 3), this.meters, this.nanos::get);

	@Test
	void returnsVersionAndRulesHit() {
		this.source.deploy("size", 1, "\"small\"");
		DecisionResult result = this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		assertThat(result).isEqualTo(
				new DecisionResult("size", 1, "1.0.1", List.of("rule_Only"), List.of(Map.of("answer", "small"))));
	}

	@Test
	void cachesResultsOfTheSameVersion() {
		this.source.deploy("size", 1, "\"small\"");
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 2));
		assertThat(counted("hit")).isEqualTo(2);
		assertThat(counted("cached")).isOne();
	}

	@Test
	void distinguishesNullFromOtherInputs() {
		this.source.deploy("size", 1, "if value = null then \"none\" else \"some\"");
		Map<String, @Nullable Object> nothing = new HashMap<>();
		nothing.put("value", null);
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", nothing).text("answer"))
			.isEqualTo("none");
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)).text("answer"))
			.isEqualTo("some");
	}

	@Test
	void ignoresLaterChangesOfTheInputMap() {
		this.source.deploy("size", 1, "string(value)");
		Map<String, @Nullable Object> inputs = new HashMap<>(Map.of("value", "a"));
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", inputs).text("answer")).isEqualTo("a");
		inputs.put("value", "b");
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", inputs).text("answer")).isEqualTo("b");
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", "a")).text("answer"))
			.isEqualTo("a");
	}

	@Test
	void limitsTheNumberOfCachedResults() {
		this.source.deploy("size", 1, "\"small\"");
		for (int round = 0; round < 2; round++) {
			for (int value = 0; value < 50; value++) {
				this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", value));
			}
		}
		assertThat(counted("cached")).isLessThanOrEqualTo(3);
		assertThat(counted("hit") + counted("cached")).isEqualTo(100);
	}

	@Test
	void findsAVersionOfAnotherNodeAfterTheInterval() {
		this.source.deploy("size", 1, "\"small\"");
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		this.source.deploy("size", 2, "\"large\"");
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)).version()).isOne();
		this.nanos.addAndGet(Duration.ofMillis(250).toNanos());
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)).text("answer"))
			.isEqualTo("large");
		assertThat(this.source.asked).hasValue(2);
	}

	@Test
	void usesAVersionOfThisNodeAtOnce() {
		this.source.deploy("size", 1, "\"small\"");
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		this.source.deploy("size", 2, "\"large\"");
		this.decisions.refresh();
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)).text("answer"))
			.isEqualTo("large");
	}

	@Test
	void waitsForTheCommitOfADeployment() {
		this.source.deploy("size", 1, "\"small\"");
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		TransactionSynchronizationManager.initSynchronization();
		try {
			this.decisions.refresh();
			this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
			assertThat(this.source.asked).hasValue(1);
			TransactionSynchronizationManager.getSynchronizations().forEach((each) -> each.afterCompletion(0));
		}
		finally {
			TransactionSynchronizationManager.clearSynchronization();
		}
		this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1));
		assertThat(this.source.asked).hasValue(2);
	}

	@Test
	void namesTheUnknownTableAndTheDeployedOnes() {
		this.source.deploy("size", 1, "\"small\"");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.decisions.evaluate(TestDecisionTables.TENANT, "colour", Map.of()))
			.withMessageContaining("'colour'")
			.withMessageContaining("[size]");
	}

	@Test
	void countsAndNamesATableThatCannotBeEvaluated() {
		this.source.deploy("size", 1, "][");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)))
			.withMessageContaining("'size' version 1");
		assertThat(counted("failed")).isOne();
	}

	@Test
	void omitsBlankOutputs() {
		this.source.deploy("size", 1, "");
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)).single()).isEmpty();
		assertThatIllegalStateException()
			.isThrownBy(
					() -> this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", 1)).text("answer"))
			.withMessageContaining("rule_Only");
	}

	@Test
	void returnsTheRulesOfEachThread() throws Exception {
		this.source.deploy("size", 1, "string(value)");
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			List<Callable<Boolean>> asked = new ArrayList<>();
			for (int number = 0; number < 400; number++) {
				String value = "v" + number;
				asked.add(() -> value
					.equals(this.decisions.evaluate(TestDecisionTables.TENANT, "size", Map.of("value", value))
						.text("answer")));
			}
			for (var answer : threads.invokeAll(asked)) {
				assertThat(answer.get()).isTrue();
			}
		}
	}

	@Test
	void rejectsATableThatIsNotXml() {
		assertThat(this.decisions.validate("broken.dmn", "<definitions".getBytes(StandardCharsets.UTF_8)))
			.singleElement()
			.asString()
			.startsWith("broken.dmn is not a decision table that the engine can parse: ");
	}

	@Test
	void rejectsACellThatIsNotFeel() {
		byte[] dmn = TestDecisionTables.oneRule("size", "1.0.1", "\"never closed").getBytes(StandardCharsets.UTF_8);
		assertThat(this.decisions.validate("size.dmn", dmn)).singleElement()
			.asString()
			.startsWith("size.dmn, table 'size', rule_Only: cell '\"never closed' is not FEEL: ");
	}

	private double counted(String outcome) {
		return this.meters.counter("waypost.policy.decision.evaluate", "table", "size", "outcome", outcome).count();
	}

	/** Tables with one rule, deployed by tests. */
	private static final class ChangingTables implements DecisionTableSource {

		private final Map<String, DeployedDecisionTable> tables = Collections.synchronizedMap(new HashMap<>());

		private final Map<String, String> models = Collections.synchronizedMap(new HashMap<>());

		private final AtomicInteger asked = new AtomicInteger();

		void deploy(String key, int version, String output) {
			String id = key + ":" + version;
			this.tables.put(key, new DeployedDecisionTable(null, key, key, version, "1.0." + version, id));
			this.models.put(id, TestDecisionTables.oneRule(key, "1.0." + version, output));
		}

		@Override
		public List<DeployedDecisionTable> newest() {
			this.asked.incrementAndGet();
			return List.copyOf(this.tables.values());
		}

		@Override
		public InputStream model(DeployedDecisionTable table) {
			return new ByteArrayInputStream(
					String.valueOf(this.models.get(table.definitionId())).getBytes(StandardCharsets.UTF_8));
		}

	}

}
