package io.waypost.ingestion.deadletter;

import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.ingestion.DeadLetter;
import io.waypost.ingestion.DeadLetterContent;
import io.waypost.ingestion.DeadLetterQueue;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists, edits and replays failed events. */
@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "Failed events", description = "Events that could not be ingested: fix and replay them")
@Requires(AccessRight.REPLAY_FAILED_EVENTS)
class DeadLetterController {

	private final DeadLetterQueue queue;

	DeadLetterController(DeadLetterQueue queue) {
		this.queue = queue;
	}

	@GetMapping
	@Requires(AccessRight.READ_FAILED_EVENTS)
	@Operation(summary = "List failed events", description = "Newest first, without payloads")
	Page<DeadLetter> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		return this.queue.list(caller.tenant(), limit, cursor);
	}

	@GetMapping("/{id}")
	@Requires(AccessRight.READ_FAILED_EVENTS)
	@Operation(summary = "Read a failed event",
			description = "Includes the event. Roles that neither correct failed events nor read identifiers see its fields without values")
	DeadLetterContent read(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return this.queue.read(caller, id);
	}

	@PutMapping("/{id}")
	@Operation(summary = "Correct a failed event",
			description = "Takes the whole corrected event. It is checked as when it is received; the original is kept. OPERATOR may repair syntax, ADMIN also add what is missing")
	DeadLetterContent edit(@AuthenticationPrincipal Caller caller, @RequestBody EventCorrection correction,
			@PathVariable UUID id) {
		JsonNode event = correction.event();
		if (event == null) {
			throw InvalidRequestException.badRequest("/event", "is missing; it must be the corrected event");
		}
		this.queue.edit(caller, id, event);
		return this.queue.read(caller, id);
	}

	@PostMapping("/{id}/replay")
	@Operation(summary = "Replay a failed event",
			description = "Ingests the event, corrected if it was edited, with its original time of receipt")
	ReplayResult replay(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return new ReplayResult(id, this.queue.replay(caller.tenant(), caller.actor(), id));
	}

	/**
	 * The body of a correction.
	 *
	 * @param event the corrected event, as in the tracking API
	 */
	record EventCorrection(@Nullable JsonNode event) {

	}

	/**
	 * The result of a replay.
	 *
	 * @param id id of the failed event
	 * @param stored number of new events
	 */
	record ReplayResult(UUID id, int stored) {

	}

}
