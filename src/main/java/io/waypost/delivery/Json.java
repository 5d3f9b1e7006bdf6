package io.waypost.delivery;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.content.Draft;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The room's jsonb columns. */
@Component
class Json {

	private final ObjectMapper mapper;

	Json(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	String write(Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JsonProcessingException unwritable) {
			throw new IllegalArgumentException("Not expressible as JSON: " + value.getClass().getName(), unwritable);
		}
	}

	Map<String, Object> readMap(@Nullable String json) {
		return (json == null) ? Map.of() : read(json, new TypeReference<>() {
		});
	}

	@Nullable Draft readDraft(@Nullable String json) {
		return (json == null) ? null : read(json, new TypeReference<>() {
		});
	}

	private <T> T read(String json, TypeReference<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JsonProcessingException unreadable) {
			unreadable.clearLocation();
			throw new IllegalStateException("A jsonb column is not what was written", unreadable);
		}
	}

}
