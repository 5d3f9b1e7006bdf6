package io.waypost.journey.run;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.stereotype.Component;

/** Objects kept in a jsonb column. */
@Component
class RunJsonColumn {

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private final ObjectMapper mapper;

	RunJsonColumn(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	String write(Map<String, Object> object) {
		try {
			return this.mapper.writeValueAsString(object);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Not writable as JSON: keys " + object.keySet(), ex);
		}
	}

	Map<String, Object> read(String text) {
		try {
			return this.mapper.readValue(text, OBJECT);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A stored JSON object cannot be read", ex);
		}
	}

}
