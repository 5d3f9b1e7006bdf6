package io.waypost.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.kernel.TenantId;

/** Evaluates decision tables without a process engine, for tests of other modules. */
public final class TestDecisionTables {

	/** A tenant without tables of its own. */
	public static final TenantId TENANT = new TenantId("shared-tables-only");

	private TestDecisionTables() {
	}

	/**
	 * The tables of {@code dmn/}, each as version 1.
	 * @return an evaluator of them
	 */
	public static DecisionTableEvaluator ofThisRepository() {
		return with(Map.of());
	}

	/**
	 * The same with some tables in another form.
	 * @param models DMN by decision key
	 * @return decisions on them
	 */
	public static DecisionTableEvaluator with(Map<String, String> models) {
		return new DecisionTableEvaluator(new FolderTables(Path.of("dmn"), models),
				new PolicySettings(Duration.ofMillis(250), 50_000), new SimpleMeterRegistry());
	}

	/** The model of a table whose only rule always returns the same. */
	static String oneRule(String key, String versionTag, String output) {
		return """
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"
				    xmlns:camunda="http://camunda.org/schema/1.0/dmn">
				  <decision id="%s" name="%s" camunda:historyTimeToLive="P1D" camunda:versionTag="%s">
				    <decisionTable id="t" hitPolicy="FIRST">
				      <input id="i"><inputExpression id="ie"><text>value</text></inputExpression></input>
				      <output id="o" name="answer" typeRef="string" />
				      <rule id="rule_Only">
				        <inputEntry id="c1"><text></text></inputEntry>
				        <outputEntry id="c2"><text>%s</text></outputEntry>
				      </rule>
				    </decisionTable>
				  </decision>
				</definitions>
				""".formatted(key, key, versionTag, output);
	}

	private record FolderTables(Path folder, Map<String, String> models) implements DecisionTableSource {

		@Override
		public List<DeployedDecisionTable> newest() {
			try (Stream<Path> files = Files.list(this.folder)) {
				return files.map((file) -> file.getFileName().toString().replace(".dmn", ""))
					.map((key) -> new DeployedDecisionTable(null, key, key, 1, "1.0.0", key + ":1"))
					.toList();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public InputStream model(DeployedDecisionTable table) {
			String model = this.models.get(table.key());
			if (model != null) {
				return new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8));
			}
			try {
				return Files.newInputStream(this.folder.resolve(table.key() + ".dmn"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
