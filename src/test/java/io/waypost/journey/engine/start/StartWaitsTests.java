package io.waypost.journey.engine.start;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;

import io.waypost.kernel.FastTime;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateListener;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Parse;
import org.camunda.bpm.engine.impl.util.xml.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class StartWaitsTests {

	@Test
	void setsTheWaitsThatTheModelStates() throws Exception {
		assertThat(started(false, "P3D", Map.of("template", "welcome"))).containsEntry("secondDelay", "PT72H")
			.containsOnlyKeys("template", "secondDelay");
	}

	@Test
	void shortensThemInFastTime() throws Exception {
		assertThat(started(true, "P3D", Map.of())).containsEntry("secondDelay", "PT2S");
	}

	@Test
	void keepsTheWaitOfTheStart() throws Exception {
		assertThat(started(true, "P3D", Map.of("secondDelay", "PT5M"))).containsEntry("secondDelay", "PT5M");
	}

	@ParameterizedTest
	@ValueSource(strings = { "three days", "-PT1H", "P4000D", "" })
	void refusesAModelWithAWaitThatIsNoDuration(String wait) {
		assertThatThrownBy(() -> started(false, wait, Map.of())).isInstanceOf(ProcessEngineException.class)
			.hasMessageContaining("'" + wait + "'")
			.hasMessageContaining("secondDelay")
			.hasMessageContaining("PT1H");
	}

	private static Map<String, Object> started(boolean fastTime, String wait, Map<String, Object> startedWith)
			throws Exception {
		ProcessDefinitionEntity process = new ProcessDefinitionEntity();
		process.setKey("welcome");
		ActivityImpl start = new ActivityImpl("startEvent_SignedUp", process);
		new StartWaits(new FastTime(fastTime, Clock.systemUTC())).parseStartEvent(startEvent(wait), process, start);
		Map<String, Object> variables = new HashMap<>(startedWith);
		DelegateExecution execution = mock(DelegateExecution.class);
		given(execution.hasVariable(anyString()))
			.willAnswer((call) -> variables.containsKey(call.getArgument(0, String.class)));
		willAnswer((call) -> variables.put(call.getArgument(0), call.getArgument(1))).given(execution)
			.setVariable(anyString(), any());
		for (DelegateListener<?> listener : start.getListeners(ExecutionListener.EVENTNAME_START)) {
			((ExecutionListener) listener).notify(execution);
		}
		return variables;
	}

	private static Element startEvent(String wait) {
		String xml = """
				<startEvent xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="startEvent_SignedUp">
					<extensionElements><camunda:properties>
						<camunda:property name="requiredVariables" value="template" />
						<camunda:property name="owner" value="growth" />
						<camunda:property name="secondDelay" value="%s" />
					</camunda:properties></extensionElements>
				</startEvent>""".formatted(wait);
		Parser parser = new Parser() {
			/** The factory of the engine knows namespaces only after its first model. */
			@Override
			protected SAXParser getSaxParser() throws Exception {
				SAXParserFactory factory = SAXParserFactory.newInstance();
				factory.setNamespaceAware(true);
				return factory.newSAXParser();
			}

			@Override
			public Parse createParse() {
				return new Parse(this) {
				};
			}
		};
		return parser.createParse()
			.sourceInputStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
			.execute()
			.getRootElement();
	}

}
