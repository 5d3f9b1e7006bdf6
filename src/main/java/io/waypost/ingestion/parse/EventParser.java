package io.waypost.ingestion.parse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.Traits;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.IdGenerator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Parses events of Segment's tracking API: required members, accepted variants of names,
 * limits.
 */
@Component
public class EventParser {

	static final Set<String> TYPES = Set.of("track", "identify", "page", "screen", "group", "alias");

	private static final int MAX_ID = 512;

	private static final int MAX_NAME = 512;

	private final IngestionSettings settings;

	private final IdGenerator ids;

	public EventParser(IngestionSettings settings, IdGenerator ids) {
		this.settings = settings;
		this.ids = ids;
	}

	/**
	 * Parses all events of a body.
	 * @param batch the body
	 * @param type the type from the path, or null when each event has its own
	 * @param receivedAt time of receipt
	 * @return one result per event, in order
	 */
	public List<EventParseResult> parse(EventBatch batch, @Nullable String type, Instant receivedAt) {
		List<EventParseResult> results = new ArrayList<>(batch.events().size());
		for (RawEvent raw : batch.events()) {
			results.add(parse(batch, raw, type, receivedAt));
		}
		return results;
	}

	private EventParseResult parse(EventBatch batch, RawEvent raw, @Nullable String type, Instant receivedAt) {
		try {
			if (raw.size() > this.settings.maxEvent().toBytes()) {
				throw new EventValidationException("too-large", "",
						"has %d bytes; an event may have %d".formatted(raw.size(), this.settings.maxEvent().toBytes()));
			}
			if (!(raw.json() instanceof ObjectNode json)) {
				throw new EventValidationException("not-an-object", "", "must be a JSON object");
			}
			return new EventParseResult.Parsed(parse(batch, json, type, receivedAt, raw));
		}
		catch (EventValidationException defect) {
			return defect.toRejected(raw);
		}
	}

	private ParsedEvent parse(EventBatch batch, ObjectNode json, @Nullable String pathType, Instant receivedAt,
			RawEvent raw) throws EventValidationException {
		String type = (pathType != null) ? pathType : type(json);
		String userId = id(json, "userId", "user_id");
		String anonymousId = id(json, "anonymousId", "anonymous_id");
		String previousId = type.equals("alias") ? id(json, "previousId", "previous_id") : null;
		requireIds(type, userId, anonymousId, previousId);
		JsonNode sentAt = json.hasNonNull("sentAt") ? json.get("sentAt") : batch.sentAt();
		Instant occurredAt = ClockSkewCorrection.occurredAt(json, sentAt, receivedAt);
		String name = name(type, json);
		ObjectNode context = context(batch, json);
		List<String> ids = Stream.of(userId, anonymousId, previousId).filter(Objects::nonNull).toList();
		boolean identify = type.equals("identify");
		Traits traits = identify ? new TraitExtractor(ids).extract(json, context) : Traits.NONE;
		ObjectNode properties = properties(type, json);
		if (type.equals("group")) {
			// The name of an employer
			properties.remove("name");
		}
		DirectIdentifierFilter direct = new DirectIdentifierFilter(ids);
		direct.strip(properties, identify ? "/traits" : "/properties");
		context.remove("traits");
		direct.strip(context, "/context");
		String messageId = messageId(json, raw);
		IdentityObservation observation = new IdentityObservation(userId, anonymousId, previousId, traits, occurredAt,
				messageId);
		return new ParsedEvent(type, DirectIdentifierFilter.clean(name), properties, context, observation, occurredAt,
				messageId);
	}

	/** Older client libraries send {@code action} instead of {@code type}. */
	private static String type(ObjectNode json) throws EventValidationException {
		JsonNode value = json.hasNonNull("type") ? json.get("type") : json.path("action");
		String type = value.asText("").toLowerCase(Locale.ROOT);
		if (!TYPES.contains(type)) {
			throw new EventValidationException("unknown-type", "/type",
					"must be one of " + String.join(", ", TYPES.stream().sorted().toList()));
		}
		return type;
	}

	private static @Nullable String id(ObjectNode json, String name, String otherName) throws EventValidationException {
		JsonNode value = json.hasNonNull(name) ? json.get(name) : json.path(otherName);
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		String id = value.asText().strip();
		if (!value.isTextual() && !value.isIntegralNumber() || id.length() > MAX_ID || id.indexOf('\0') >= 0) {
			throw new EventValidationException("bad-id", '/' + name,
					"must be a string of at most %d characters or a whole number".formatted(MAX_ID));
		}
		return id.isEmpty() ? null : id;
	}

	private static void requireIds(String type, @Nullable String userId, @Nullable String anonymousId,
			@Nullable String previousId) throws EventValidationException {
		if (type.equals("alias") && (userId == null || previousId == null)) {
			throw new EventValidationException("missing-id", (userId == null) ? "/userId" : "/previousId",
					"an alias needs both userId and previousId");
		}
		if (userId == null && anonymousId == null) {
			throw new EventValidationException("missing-id", "/userId", "an event needs a userId or an anonymousId");
		}
	}

	private static String name(String type, ObjectNode json) throws EventValidationException {
		String name = switch (type) {
			case "track" -> json.path("event").asText("").strip();
			case "page", "screen" -> json.path("name").asText(json.path("properties").path("name").asText("")).strip();
			default -> "";
		};
		if (type.equals("track") && name.isEmpty()) {
			throw new EventValidationException("missing-event", "/event",
					"a track call names its event, such as \"Order Completed\"");
		}
		if (name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
			throw new EventValidationException("bad-event", "/event",
					"must have at most %d characters and no null character".formatted(MAX_NAME));
		}
		return name;
	}

	private static ObjectNode context(EventBatch batch, ObjectNode json) throws EventValidationException {
		ObjectNode own = object(json, "context");
		if (!(batch.context() instanceof ObjectNode shared)) {
			return own;
		}
		ObjectNode context = shared.deepCopy();
		context.setAll(own);
		return context;
	}

	private static ObjectNode properties(String type, ObjectNode json) throws EventValidationException {
		ObjectNode properties = object(json,
				(type.equals("identify") || type.equals("group")) ? "traits" : "properties");
		String groupId = id(json, "groupId", "group_id");
		if (groupId != null) {
			properties.put("groupId", groupId);
		}
		return properties;
	}

	private static ObjectNode object(ObjectNode json, String name) throws EventValidationException {
		JsonNode value = json.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return json.objectNode();
		}
		if (value instanceof ObjectNode object) {
			return object;
		}
		throw new EventValidationException("not-an-object", '/' + name, "must be a JSON object");
	}

	/**
	 * Returns the source's message id. Without one, an event with a timestamp is
	 * identified by its content, so that a repetition is dropped; an event without a
	 * timestamp gets a new id.
	 */
	private static String hash(String text) {
		return Fingerprint.ofText(text).hex();
	}

	private String messageId(ObjectNode json, RawEvent raw) throws EventValidationException {
		String value = id(json, "messageId", "message_id");
		if (value != null) {
			return (value.indexOf('@') < 0) ? value : "sha256:" + hash(value);
		}
		return json.hasNonNull("timestamp") ? "content:" + hash(raw.text()) : "made:" + this.ids.next();
	}

}
