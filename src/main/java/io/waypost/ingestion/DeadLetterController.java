package io.waypost.ingestion;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
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

	private final DeadLetters letters;

	private final EventReader reader;

	private final Intake intake;

	DeadLetterController(DeadLetters letters, EventReader reader, Intake intake) {
		this.letters = letters;
		this.reader = reader;
		this.intake = intake;
	}

	@GetMapping
	Page<DeadLetter> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable UUID cursor) {
		return this.letters.list(caller.tenant(), Math.clamp(limit, 1, 500), cursor);
	}

	/**
	 * Reads a payload again, as if it came in when it did: rules may be kinder by now.
	 */
	@PostMapping("/{id}/replay")
	Replayed replay(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		TenantId tenant = caller.tenant();
		DeadLetters.Waiting waiting = this.letters.claim(tenant, id)
			.orElseThrow(() -> InvalidRequest
				.notFound("No dead letter %s is waiting; GET /api/v1/dead-letters lists those that are".formatted(id)));
		Envelope envelope = Envelope.batch(waiting.payload());
		List<Incoming> readable = new ArrayList<>();
		for (Reading reading : this.reader.read(envelope, envelope.type(), waiting.receivedAt())) {
			switch (reading) {
				case Reading.Readable(Incoming event) -> readable.add(event);
				case Reading.Unreadable bad -> throw InvalidRequest
					.conflict("Dead letter %s still cannot be read: %s %s".formatted(id, bad.pointer(), bad.detail()));
			}
		}
		int stored = this.intake.take(tenant, readable, waiting.receivedAt(),
				() -> this.letters.markReplayed(tenant, id));
		return new Replayed(id, stored);
	}

	record Replayed(UUID id, int stored) {
	}

}
