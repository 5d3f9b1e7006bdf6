package io.waypost.journey.engine.web;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JavaObjectsTests {

	private final ObjectMapper mapper = new ObjectMapper();

	@ParameterizedTest
	@ValueSource(strings = {
			"{\"variables\":{\"x\":{\"type\":\"Object\",\"value\":\"\\\"a.B\\\"\",\"valueInfo\":{\"objectTypeName\":\"java.lang.Class\"}}}}",
			"{\"variables\":{\"x\":{\"type\":\"object\",\"value\":\"rO0\"}}}",
			"{\"variables\":{\"x\":{\"type\":\"File\",\"value\":\"x\"}}}",
			"{\"variables\":{\"x\":{\"type\":\"Xml\",\"value\":\"<a/>\"}}}",
			"{\"variables\":{\"x\":{\"type\":\"Bytes\",\"value\":\"eA==\"}}}",
			"{\"processVariables\":{\"x\":{\"value\":\"1\",\"valueInfo\":{\"objectTypeName\":\"a.B\"}}}}",
			"[{\"correlationKeys\":{\"x\":{\"type\":\"Object\",\"value\":\"1\"}}}]" })
	void refusesJavaObjectsAndFiles(String body) throws IOException {
		assertThat(JavaObjects.problem(this.mapper.readTree(body))).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"variables\":{\"x\":{\"value\":7}}}",
			"{\"variables\":{\"x\":{\"type\":\"String\",\"value\":\"Object\"}}}",
			"{\"variables\":{\"review\":{\"type\":\"Json\",\"value\":\"{\\\"type\\\":\\\"Object\\\"}\"}}}",
			"{\"type\":\"Object\",\"name\":\"a filter, not a variable\"}" })
	void allowsPlainValuesAndJson(String body) throws IOException {
		assertThat(JavaObjects.problem(this.mapper.readTree(body))).isEmpty();
	}

}
