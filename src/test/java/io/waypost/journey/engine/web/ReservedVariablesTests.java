package io.waypost.journey.engine.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReservedVariablesTests {

	private static final String START = "/engine-rest/process-definition/key/milestone/start";

	@ParameterizedTest
	@ValueSource(strings = { "variables", "localVariables", "processVariables", "processVariablesLocal",
			"processVariablesToTriggeredScope", "modifications" })
	void refusesReservedVariablesInEveryField(String field) throws Exception {
		for (String name : new String[] { "tenantId", "runId", "sendId", "profileId", "campaignId", "chunk",
				"route" }) {
			assertThat(ReservedVariables.problem("/engine-rest/message", body(field, name))).get()
				.asString()
				.contains("'" + name + "'");
		}
		assertThat(ReservedVariables.problem("/engine-rest/message", body(field, "colour"))).isEmpty();
	}

	@Test
	void acceptsTheInputsOfARunAtItsStart() throws Exception {
		assertThat(ReservedVariables.problem(START, body("variables", "runId"))).isEmpty();
		assertThat(ReservedVariables.problem(START, body("variables", "tenantId"))).isPresent();
	}

	@Test
	void acceptsInputsOfATable() throws Exception {
		assertThat(ReservedVariables.problem("/engine-rest/decision-definition/key/consent/evaluate",
				body("variables", "route")))
			.isEmpty();
	}

	private static JsonNode body(String field, String name) throws JsonProcessingException {
		return new ObjectMapper().readTree("{\"%s\": {\"%s\": {\"value\": \"x\"}}}".formatted(field, name));
	}

}
