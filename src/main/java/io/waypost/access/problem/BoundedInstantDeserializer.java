package io.waypost.access.problem;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.waypost.access.RequestTime;

import org.springframework.boot.jackson.JsonComponent;

/** Refuses times that the database cannot store, see {@link RequestTime}. */
@JsonComponent
class BoundedInstantDeserializer extends JsonDeserializer<Instant> {

	@Override
	public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
		Instant time = InstantDeserializer.INSTANT.deserialize(parser, context);
		try {
			return RequestTime.require(time);
		}
		catch (DateTimeException outside) {
			return context.reportInputMismatch(Instant.class, "%s", outside.getMessage());
		}
	}

}
