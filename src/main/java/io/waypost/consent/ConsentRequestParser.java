package io.waypost.consent;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.RequestTime;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/** Parses the request body of a consent and collects all its violations. */
final class ConsentRequestParser {

	private static final Pattern BASIS = Pattern.compile("[a-z][a-z0-9_]{0,39}");

	private static final Pattern IP = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

	private static final int MAX_SOURCE = 100;

	private static final int MAX_TEXT = 4000;

	private final JsonNode body;

	private final Clock clock;

	private final List<Violation> violations = new ArrayList<>();

	private ConsentRequestParser(JsonNode body, Clock clock) {
		this.body = body;
		this.clock = clock;
	}

	static ConsentChange parse(ProfileId profile, String topic, JsonNode body, Clock clock) {
		return new ConsentRequestParser(body, clock).parse(profile, topic);
	}

	private ConsentChange parse(ProfileId profile, String topic) {
		ConsentStatus status = status();
		boolean evidenceNeeded = status == ConsentStatus.GRANTED;
		String source = text("/evidence/source", evidenceNeeded, MAX_SOURCE);
		String text = text("/evidence/text", evidenceNeeded, MAX_TEXT);
		String version = text("/evidence/textVersion", false, MAX_SOURCE);
		String ip = shaped("/evidence/ip", IP, "must be an IP address in text form");
		String basis = shaped("/basis", BASIS, "must be a lower-case word such as consent or soft_opt_in");
		Instant at = at();
		if (!this.violations.isEmpty() || status == null) {
			throw InvalidRequestException.badRequest(this.violations);
		}
		return new ConsentChange(profile, topic, status, basis,
				new ConsentEvidence((source != null) ? source : "api", text, version, ip, at));
	}

	private @Nullable ConsentStatus status() {
		String text = this.body.path("status").asText("");
		for (ConsentStatus status : ConsentStatus.values()) {
			if (status.name().equals(text)) {
				return status;
			}
		}
		violation("/status", "'%s' must be one of %s".formatted(text, Arrays.toString(ConsentStatus.values())));
		return null;
	}

	private @Nullable Instant at() {
		String text = text("/evidence/at", false, MAX_SOURCE);
		if (text == null) {
			return null;
		}
		try {
			Instant at = RequestTime.parse(text);
			if (!at.isAfter(this.clock.instant())) {
				return at;
			}
		}
		catch (DateTimeException notATime) {
			violation("/evidence/at", "'%s' must be an ISO 8601 time such as 2026-11-01T12:00:00Z".formatted(text));
			return null;
		}
		violation("/evidence/at", "'%s' is in the future; it must be the time of the answer".formatted(text));
		return null;
	}

	private @Nullable String shaped(String pointer, Pattern shape, String rule) {
		String text = text(pointer, false, MAX_SOURCE);
		if (text != null && !shape.matcher(text).matches()) {
			violation(pointer, rule);
		}
		return text;
	}

	private @Nullable String text(String pointer, boolean required, int maxLength) {
		JsonNode value = this.body.at(pointer);
		if (value.isMissingNode() || value.isNull() || (value.isTextual() && value.asText().isBlank())) {
			if (required) {
				violation(pointer, "is missing; GRANTED needs it as evidence");
			}
			return null;
		}
		if (!value.isTextual() || value.textValue().length() > maxLength || value.textValue().indexOf('\0') >= 0) {
			violation(pointer, "must be a string of at most %d characters".formatted(maxLength));
			return null;
		}
		return value.textValue();
	}

	private void violation(String pointer, String detail) {
		this.violations.add(new Violation(pointer, detail));
	}

}
