package io.waypost.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Objects kept in a jsonb column. */
@Component
class CampaignJsonColumn {

	private final ObjectMapper mapper;

	CampaignJsonColumn(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	@Nullable String write(@Nullable Object object) {
		if (object == null) {
			return null;
		}
		try {
			return this.mapper.writeValueAsString(object);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Not writable as JSON: " + object.getClass().getName(), ex);
		}
	}

	<T> @Nullable T read(@Nullable String text, Class<T> type) {
		if (text == null) {
			return null;
		}
		try {
			return this.mapper.readValue(text, type);
		}
		catch (JsonProcessingException ex) {
			ex.clearLocation();
			throw new IllegalStateException("A stored JSON object cannot be read", ex);
		}
	}

}
