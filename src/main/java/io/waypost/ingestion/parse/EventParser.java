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
import io.waypost.kernel.IdGenerator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads Segment's events: what is required, what may be spelt differently, what is
 * refused.
 */
@Component
public class EventParser {

	static final Set<String> TYPES = Set.of("track", "identify", "page", "screen", "group", "alias");

	private static final int LONGEST_ID = 512;

	private static final int LONGEST_NAME = 512;

	private final IngestionSettings settings;

	private final IdGenerator ids;

	public EventParser(IngestionSettings settings, IdGenerator ids) {
		this.settings = settings;
		this.ids = ids;
	}

	/**
	 * Reads all events of a body.
	 * @param envelope the body
	 * @param type of a call for one event, or null when each event names its own
	 * @param receivedAt when the body came in
	 * @return one reading per event, in order
	 */
	public List<EventParseResult> parse(EventBatch envelope, @Nullable String type, Instant receivedAt) {
		List<EventParseResult> readings = new ArrayList<>(envelope.events().size());
		for (RawEvent raw : envelope.events()) {
			readings.add(parse(envelope, raw, type, receivedAt));
		}
		return readings;
	}

	private EventParseResult parse(EventBatch envelope, RawEvent raw, @Nullable String type, Instant receivedAt) {
		try {
			if (raw.size() > this.settings.maxEvent().toBytes()) {
				throw new EventValidationException("too-large", "",
						"has %d bytes; an event may have %d".formatted(raw.size(), this.settings.maxEvent().toBytes()));
			}
			if (!(raw.json() instanceof ObjectNode json)) {
				throw new EventValidationException("not-an-object", "", "must be a JSON object");
			}
			return new EventParseResult.Parsed(parse(envelope, json, type, receivedAt, raw));
		}
		catch (EventValidationException defect) {
			return defect.toRejected(raw);
		}
	}

	private ParsedEvent parse(EventBatch envelope, ObjectNode json, @Nullable String pathType, Instant receivedAt,
			RawEvent raw) throws EventValidationException {
		String type = (pathType != null) ? pathType : type(json);
		String userId = id(json, "userId", "user_id");
		String anonymousId = id(json, "anonymousId", "anonymous_id");
		String previousId = type.equals("alias") ? id(json, "previousId", "previous_id") : null;
		requireIds(type, userId, anonymousId, previousId);
		JsonNode sentAt = json.hasNonNull("sentAt") ? json.get("sentAt") : envelope.sentAt();
		Instant occurredAt = ClockSkewCorrection.occurredAt(json, sentAt, receivedAt);
		String name = name(type, json);
		ObjectNode context = context(envelope, json);
		List<String> ids = Stream.of(userId, anonymousId, previousId).filter(Objects::nonNull).toList();
		boolean identify = type.equals("identify");
		Traits traits = identify ? new TraitExtractor(ids).extract(json, context) : Traits.NONE;
		ObjectNode properties = properties(type, json);
		DirectIdentifierFilter direct = new DirectIdentifierFilter(ids);
		direct.strip(properties, identify ? "/traits" : "/properties");
		context.remove("traits");
		direct.strip(context, "/context");
		String messageId = messageId(json, raw);
		IdentityObservation sighting = new IdentityObservation(userId, anonymousId, previousId, traits, occurredAt,
				messageId);
		return new ParsedEvent(type, DirectIdentifierFilter.clean(name), properties, context, sighting, occurredAt,
				messageId);
	}

	/** Older libraries of the same family say {@code action}. */
	private static String type(ObjectNode json) throws EventValidationException {
		JsonNode said = json.hasNonNull("type") ? json.get("type") : json.path("action");
		String type = said.asText("").toLowerCase(Locale.ROOT);
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
		if (!value.isTextual() && !value.isIntegralNumber() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
			throw new EventValidationException("bad-id", '/' + name,
					"must be a text of at most %d characters or a whole number".formatted(LONGEST_ID));
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
		if (name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
			throw new EventValidationException("bad-event", "/event",
					"must have at most %d characters and no null character".formatted(LONGEST_NAME));
		}
		return name;
	}

	private static ObjectNode context(EventBatch envelope, ObjectNode json) throws EventValidationException {
		ObjectNode own = object(json, "context");
		if (!(envelope.context() instanceof ObjectNode shared)) {
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
	 * The source's id; without one, a timed event is known by its content, so that a
	 * repeat is dropped, and an untimed one gets a new id.
	 */
	private String messageId(ObjectNode json, RawEvent raw) throws EventValidationException {
		String said = id(json, "messageId", "message_id");
		if (said != null) {
			return (said.indexOf('@') < 0) ? said : "sha256:" + ContentHash.hex(said);
		}
		return json.hasNonNull("timestamp") ? "content:" + ContentHash.hex(raw.text()) : "made:" + this.ids.next();
	}

}
