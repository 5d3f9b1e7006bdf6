package io.waypost.experiment.define;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.waypost.experiment.ExperimentDefinition;

/** The room's jsonb column. */
public final class ExperimentJson {

	private static final ObjectMapper MAPPER = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.build();

	private ExperimentJson() {
	}

	static String write(ExperimentDefinition definition) {
		try {
			return MAPPER.writeValueAsString(definition);
		}
		catch (JsonProcessingException unwritable) {
			throw new IllegalArgumentException("Not expressible as JSON: " + definition.key(), unwritable);
		}
	}

	public static ExperimentDefinition read(String json) {
		try {
			return MAPPER.readValue(json, ExperimentDefinition.class);
		}
		catch (JsonProcessingException unreadable) {
			throw new IllegalStateException("experiment.experiment.definition is not what was written", unreadable);
		}
	}

}
