package io.waypost.console.journeys;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DiagramElementNamesTests {

	@Test
	void namesUnnamedGatewayByItsEvents() {
		assertThat(DiagramElementNames.read("""
				<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="p">
				  <sequenceFlow id="f" sourceRef="wait" targetRef="over"/>
				  <sequenceFlow id="g" sourceRef="wait" targetRef="order"/>
				  <sequenceFlow id="h" sourceRef="order" targetRef="end"/>
				  <eventBasedGateway id="wait"/>
				  <exclusiveGateway id="merge"/>
				  <intermediateCatchEvent id="over" name="Wait&#10;over"/>
				  <intermediateCatchEvent id="order" name="Order completed"/>
				</process>""")).containsOnly(Map.entry("wait", "Wait over or Order completed"),
				Map.entry("over", "Wait over"), Map.entry("order", "Order completed"));
	}

}
