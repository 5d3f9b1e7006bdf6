package io.waypost.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The room's jsonb column. */
final class Json {

	private static final ObjectMapper MAPPER = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.build();

	private Json() {
	}

	static String write(Definition definition) {
		try {
			return MAPPER.writeValueAsString(definition);
		}
		catch (JsonProcessingException unwritable) {
			throw new IllegalArgumentException("Not expressible as JSON: " + definition.key(), unwritable);
		}
	}

	static Definition read(String json) {
		try {
			return MAPPER.readValue(json, Definition.class);
		}
		catch (JsonProcessingException unreadable) {
			throw new IllegalStateException("experiment.experiment.definition is not what was written", unreadable);
		}
	}

}
