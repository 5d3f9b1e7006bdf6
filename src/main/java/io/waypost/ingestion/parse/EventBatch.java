package io.waypost.ingestion.parse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.JsonText;
import io.waypost.ingestion.IngestionConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request body: events, and members that apply to all of them.
 *
 * @param events in the order of the body
 * @param shared all members but the events: {@code context}, {@code sentAt},
 * {@code writeKey}
 */
public record EventBatch(List<RawEvent> events, ObjectNode shared) {

	private static final String BATCH = "batch";

	/** Parses the body of {@code /v1/batch} and {@code /v1/import}. */
	public static EventBatch parseBatch(byte[] body) {
		EventBatch batch = read(body);
		if (!batch.shared.path(BATCH).isArray()) {
			throw InvalidRequestException.badRequest("/batch", "must be an array of events");
		}
		return batch;
	}

	/** Parses the body of a call for one event. */
	public static EventBatch parseSingle(byte[] body) {
		ObjectNode json = object(body);
		ObjectNode shared = IngestionConfiguration.JSON.createObjectNode();
		for (String name : List.of("sentAt", "writeKey")) {
			if (json.hasNonNull(name)) {
				shared.set(name, json.get(name));
			}
		}
		json.remove("writeKey");
		return new EventBatch(List.of(new RawEvent(json, body, 0, body.length, "")), shared);
	}

	/** Parses a body of either kind, as in a record of a topic. */
	public static EventBatch parse(byte[] body) {
		ObjectNode json = object(body);
		return json.path(BATCH).isArray() ? parseBatch(body) : parseSingle(body);
	}

	@Nullable public String writeKey() {
		return this.shared.path("writeKey").textValue();
	}

	JsonNode context() {
		return this.shared.path("context");
	}

	@Nullable JsonNode sentAt() {
		return this.shared.get("sentAt");
	}

	/**
	 * Returns one event with the shared members as the payload of a failed event, to be
	 * parsed by {@link #parseBatch}.
	 * @param raw one of {@link #events}
	 * @param type the type from the path of the request, or null
	 */
	public byte[] singleEventBody(RawEvent raw, @Nullable String type) {
		ObjectNode rest = this.shared.deepCopy();
		rest.remove(List.of(BATCH, "writeKey"));
		if (type != null) {
			rest.put("type", type);
		}
		String members = rest.toString();
		String separator = rest.isEmpty() ? "" : ",";
		return ("{\"batch\":[" + raw.text() + ']' + separator + members.substring(1)).getBytes(StandardCharsets.UTF_8);
	}

	/** Replaces the event of a payload of {@link #singleEventBody}. */
	public static byte[] replaceEvent(byte[] payload, JsonNode event) {
		ObjectNode body = object(payload);
		body.putArray(BATCH).add(event);
		return body.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Returns the type that {@link #singleEventBody} stored. */
	@Nullable public String type() {
		return this.shared.path("type").textValue();
	}

	private static EventBatch read(byte[] body) {
		JsonText.requireUtf8(body);
		List<RawEvent> events = new ArrayList<>();
		ObjectNode shared = IngestionConfiguration.JSON.createObjectNode();
		try (JsonParser parser = IngestionConfiguration.JSON.createParser(body)) {
			requireObject(parser.nextToken());
			while (parser.nextToken() == JsonToken.FIELD_NAME) {
				String name = parser.currentName();
				if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(BATCH)) {
					events(parser, body, events);
					shared.putArray(BATCH);
				}
				else {
					shared.set(name, parser.readValueAsTree());
				}
			}
			requireEnd(parser);
		}
		catch (IOException ex) {
			throw malformed(ex);
		}
		return new EventBatch(events, shared);
	}

	private static void events(JsonParser parser, byte[] body, List<RawEvent> events) throws IOException {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			int start = (int) parser.currentTokenLocation().getByteOffset();
			JsonNode json = parser.readValueAsTree();
			int end = (int) parser.currentLocation().getByteOffset();
			events.add(new RawEvent(json, body, start, end, "/batch/" + events.size()));
		}
	}

	private static ObjectNode object(byte[] body) {
		JsonText.requireUtf8(body);
		try (JsonParser parser = IngestionConfiguration.JSON.createParser(body)) {
			requireObject(parser.nextToken());
			ObjectNode json = parser.readValueAsTree();
			requireEnd(parser);
			return json;
		}
		catch (IOException ex) {
			throw malformed(ex);
		}
	}

	private static void requireObject(@Nullable JsonToken token) {
		if (token != JsonToken.START_OBJECT) {
			throw InvalidRequestException.badRequest("", "The body must be one JSON object");
		}
	}

	private static void requireEnd(JsonParser parser) throws IOException {
		if (parser.nextToken() != null) {
			throw InvalidRequestException.badRequest("", "Nothing may follow the JSON object");
		}
	}

	private static InvalidRequestException malformed(IOException ex) {
		String where = (ex instanceof JsonProcessingException json && json.getLocation() != null)
				? "line %d, column %d".formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr())
				: "unknown place";
		String why = (ex instanceof JsonProcessingException json) ? json.getOriginalMessage() : "unreadable";
		return new InvalidRequestException(HttpStatus.BAD_REQUEST,
				"The body is not valid JSON (%s): %s".formatted(where, why), List.of());
	}

}
