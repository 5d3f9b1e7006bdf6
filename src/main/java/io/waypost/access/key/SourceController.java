package io.waypost.access.key;

import java.time.Duration;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.access.Source;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sources")
@Tag(name = "Sources", description = "Programs that send events, and their write keys")
@Requires(AccessRight.MANAGE_SOURCES)
class SourceController {

	private static final Duration MAX_GRACE = Duration.ofDays(90);

	private final Sources sources;

	SourceController(Sources sources) {
		this.sources = sources;
	}

	record SourceRequest(@Nullable String name) {

	}

	/**
	 * A source and its new write key, which is shown once.
	 *
	 * @param name name of the source
	 * @param keyId identifies the key
	 * @param writeKey the key
	 */
	record WriteKeyResponse(String name, UUID keyId, String writeKey) {

		static WriteKeyResponse of(String name, Sources.NewWriteKey key) {
			return new WriteKeyResponse(name, key.id(), key.secret());
		}

	}

	@GetMapping
	@Operation(summary = "List the sources of your tenant and their keys, without the secrets")
	Page<Sources.SourceKeys> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int size = Cursor.limit(limit);
		String after = Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
		return Cursor.page(this.sources.list(caller.tenant(), after, size + 1), size, (last) -> Cursor.of(last.name()));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Create a source; its write key is shown once")
	WriteKeyResponse create(@AuthenticationPrincipal Caller caller, @RequestBody SourceRequest body) {
		Source source = source(caller, AccountNames.require(body.name()));
		return WriteKeyResponse.of(source.name(), this.sources.create(source, caller.actor()));
	}

	@PostMapping("/{id}/keys")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Replace the write key; the existing keys work for a grace period")
	WriteKeyResponse replaceKey(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(defaultValue = "P7D") String grace) {
		Source source = source(caller, id);
		return WriteKeyResponse.of(id, this.sources.replaceKey(source, grace(grace), caller.actor()));
	}

	@DeleteMapping("/{id}/keys/{keyId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a write key; it stops working within five seconds")
	void deleteKey(@AuthenticationPrincipal Caller caller, @PathVariable String id, @PathVariable UUID keyId) {
		this.sources.deleteKey(source(caller, id), keyId, caller.actor());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a source and its write keys; events that it sent stay")
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.sources.delete(source(caller, id), caller.actor());
	}

	private static Source source(Caller caller, String name) {
		AccessRight.MANAGE_SOURCES.require(caller);
		return new Source(caller.tenant(), name);
	}

	private static Duration grace(String text) {
		try {
			Duration grace = Duration.parse(text);
			if (!grace.isNegative() && grace.compareTo(MAX_GRACE) <= 0) {
				return grace;
			}
		}
		catch (RuntimeException ex) {
			// Answered below, like a value out of range
		}
		throw InvalidRequestException.badRequest("?grace",
				"'%s' must be an ISO 8601 duration from PT0S to P90D, for example P7D".formatted(text));
	}

}
