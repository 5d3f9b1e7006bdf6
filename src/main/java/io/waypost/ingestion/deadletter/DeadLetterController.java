package io.waypost.ingestion.deadletter;

import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.ingestion.DeadLetter;
import io.waypost.ingestion.DeadLetterQueue;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists what could not be taken in, and tries it again. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLetterController {

	private final DeadLetterQueue parked;

	DeadLetterController(DeadLetterQueue parked) {
		this.parked = parked;
	}

	@GetMapping
	Page<DeadLetter> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable UUID cursor) {
		return this.parked.list(caller.tenant(), limit, cursor);
	}

	@PostMapping("/{id}/replay")
	Replayed replay(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return new Replayed(id, this.parked.replay(caller.tenant(), id));
	}

	record Replayed(UUID id, int stored) {
	}

}
