package io.waypost.journey.check;

import java.io.StringReader;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitCheckTests {

	private static final String MODEL = """
			<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
				xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
				<process id="p" camunda:historyTimeToLive="%s"><startEvent id="s">%s</startEvent></process>
			</definitions>
			""";

	@ParameterizedTest
	@ValueSource(strings = { "<loopCardinality>100000000</loopCardinality>",
			"<loopCardinality> 99999999999999 </loopCardinality>", "<timeCycle>R/PT0.001S</timeCycle>",
			"<timeCycle>R5/2026-12-01T00:00:00Z/PT59S</timeCycle>", "<timeCycle>* * * * * ?</timeCycle>",
			"<timeCycle>*/5 * * * * ?</timeCycle>", "<timeCycle>R/P-1D</timeCycle>", "<timeCycle>often</timeCycle>",
			"<camunda:failedJobRetryTimeCycle>R999999999/PT0.001S</camunda:failedJobRetryTimeCycle>",
			"<camunda:failedJobRetryTimeCycle>R/PT5M</camunda:failedJobRetryTimeCycle>",
			"<camunda:failedJobRetryTimeCycle>R3/PT0S</camunda:failedJobRetryTimeCycle>",
			"<camunda:failedJobRetryTimeCycle>PT1S,PT0.1S</camunda:failedJobRetryTimeCycle>" })
	void refusesConstantsThatKeepTheEngineBusy(String element) throws Exception {
		assertThat(problems("P180D", element)).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000, true", "40, 26, true", "2, 1000, true", "40, 25, false", "${n}, 1000, false" })
	void multipliesTheInstancesOfNestedLoops(String outer, String inner, boolean refused) throws Exception {
		assertThat(problems("P1D",
				"""
						</startEvent><subProcess id="outer"><multiInstanceLoopCharacteristics><loopCardinality>%s</loopCardinality>
						</multiInstanceLoopCharacteristics><subProcess id="between"><userTask id="inner">
						<multiInstanceLoopCharacteristics><loopCardinality>%s</loopCardinality></multiInstanceLoopCharacteristics>
						</userTask></subProcess></subProcess><startEvent id="t">"""
					.formatted(outer, inner)))
			.hasSize(refused ? 1 : 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<loopCardinality>3</loopCardinality>", "<loopCardinality>${count}</loopCardinality>",
			"<timeCycle>R/PT1H</timeCycle>", "<timeCycle>R/P1D</timeCycle>", "<timeCycle>R3/P1M</timeCycle>",
			"<timeCycle>0 0 8 * * ?</timeCycle>", "<timeCycle>R/2026-12-01T00:00:00Z/PT1M</timeCycle>",
			"<timeCycle>${cycle}</timeCycle>",
			"<camunda:failedJobRetryTimeCycle>PT1S,PT10S,PT1M,PT5M,PT30M</camunda:failedJobRetryTimeCycle>",
			"<camunda:failedJobRetryTimeCycle>R5/PT5M</camunda:failedJobRetryTimeCycle>" })
	void allowsUsualLimits(String element) throws Exception {
		assertThat(problems("P1D", element)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "P0D", "PT1H" })
	void refusesAHistoryThatIsGoneTheSameDay(String timeToLive) throws Exception {
		assertThat(problems(timeToLive, "")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "180", "P1D", "P6M", "P1Y" })
	void allowsAHistoryOfDays(String timeToLive) throws Exception {
		assertThat(problems(timeToLive, "")).isEmpty();
	}

	private static List<ModelProblem> problems(String timeToLive, String element) throws Exception {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setNamespaceAware(true);
		return new LimitCheck().run(factory.newDocumentBuilder()
			.parse(new InputSource(new StringReader(MODEL.formatted(timeToLive, element)))));
	}

}
