package io.waypost.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.IdempotencyKey;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.Requires;
import io.waypost.kernel.IdGenerator;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Requests for one personalised message to one person. */
@RestController
@Requires(AccessRight.SEND_SINGLE_MESSAGES)
class SingleMessageController {

	private static final int MAX_PROPERTIES = 30;

	private static final int MAX_TEXT = 1_000;

	private final SingleMessages messages;

	private final IdGenerator ids;

	SingleMessageController(SingleMessages messages, IdGenerator ids) {
		this.messages = messages;
		this.ids = ids;
	}

	@PostMapping("/api/v1/campaigns/trigger")
	@ResponseStatus(HttpStatus.ACCEPTED)
	SingleMessageResponse trigger(@RequestBody SingleMessageRequest body,
			@RequestAttribute(name = IdempotencyKey.REQUEST_ID, required = false) @Nullable UUID request,
			@AuthenticationPrincipal Caller caller) {
		check(body);
		UUID id = (request != null) ? request : this.ids.next();
		return new SingleMessageResponse(this.messages.trigger(caller, body, id).toString());
	}

	private static void check(SingleMessageRequest body) {
		List<Violation> violations = new ArrayList<>();
		required("/userId", body.userId(), violations);
		required("/template", body.template(), violations);
		if (body.properties().size() > MAX_PROPERTIES) {
			violations.add(new Violation("/properties",
					"%d properties are more than the %d allowed".formatted(body.properties().size(), MAX_PROPERTIES)));
		}
		body.properties().forEach((name, value) -> checkProperty(name, value, violations));
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
	}

	private static void required(String pointer, @Nullable String value, List<Violation> violations) {
		if (value == null || value.isBlank() || value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
			violations.add(new Violation(pointer, "must be a string of 1 to %d characters".formatted(MAX_TEXT)));
		}
	}

	private static void checkProperty(String name, @Nullable Object value, List<Violation> violations) {
		boolean plain = value == null || value instanceof Number || value instanceof Boolean
				|| (value instanceof String text && text.length() <= MAX_TEXT && text.indexOf('\0') < 0);
		if (!plain) {
			violations.add(new Violation("/properties/" + name,
					"must be a number, true, false or a string of at most %d characters".formatted(MAX_TEXT)));
		}
	}

	/**
	 * The request.
	 *
	 * @param userId the source's id of the person
	 * @param template template key
	 * @param properties data for the message; no personal data
	 */
	record SingleMessageRequest(@Nullable String userId, @Nullable String template,
			@Nullable Map<String, Object> properties) {

		@Override
		public Map<String, Object> properties() {
			return (this.properties != null) ? this.properties : Map.of();
		}

	}

	/**
	 * The answer.
	 *
	 * @param sendId id of the send, to follow the message
	 */
	record SingleMessageResponse(String sendId) {

	}

}
