package io.waypost.journey.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.camunda.bpm.model.dmn.Dmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionTableCheckerTests {

	@ParameterizedTest
	@ValueSource(strings = { "juel", "groovy", "javascript", "python", "JUEL" })
	void refusesLanguagesThatCanCallJava(String language) {
		assertThat(check("camunda:historyTimeToLive=\"P30D\"", "expressionLanguage=\"" + language + "\""))
			.singleElement()
			.satisfies((problem) -> assertThat(problem.toString()).startsWith("input_1").contains("only FEEL"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "expressionLanguage=\"feel\"", "expressionLanguage=\"FEEL\"" })
	void acceptsFeel(String language) {
		assertThat(check("camunda:historyTimeToLive=\"P30D\"", language)).isEmpty();
	}

	@Test
	void refusesMissingHistoryTimeToLive() {
		assertThat(check("", "")).singleElement()
			.satisfies((problem) -> assertThat(problem.elementId()).isEqualTo("table"));
	}

	private static List<ModelProblem> check(String decision, String expression) {
		String text = """
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
					xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="test">
					<decision id="table" name="Table" %s>
						<decisionTable id="decisionTable">
							<input id="input_1"><inputExpression %s><text>x</text></inputExpression></input>
							<output id="output_1" name="y"/>
						</decisionTable>
					</decision>
				</definitions>
				""".formatted(decision, expression);
		Document document = (Document) Dmn
			.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
			.getDocument()
			.getDomSource()
			.getNode();
		return new DecisionTableChecker().check(document);
	}

}
