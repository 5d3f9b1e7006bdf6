package io.waypost.console.events;

import java.time.Instant;
import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.console.Labels;
import io.waypost.ingestion.DeadLetter;
import io.waypost.ingestion.DeadLetterQueue;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows what could not be taken in, and tries it again on request. */
@Controller
class FailedEventsPageController {

	private static final int ROWS = 50;

	private final DeadLetterQueue parked;

	FailedEventsPageController(DeadLetterQueue parked) {
		this.parked = parked;
	}

	@GetMapping("/dead-letters")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable UUID cursor,
			Model model) {
		Page<DeadLetter> page = this.parked.list(caller.tenant(), ROWS, cursor);
		model.addAttribute("letters", page.items().stream().map(FailedEventsPageController::row).toList());
		model.addAttribute("next", page.nextCursor());
		model.addAttribute("mayReplay", AccessRight.REPLAY_DEAD_LETTERS.isGrantedTo(caller));
		return "console/dead-letters";
	}

	@PostMapping("/dead-letters/{id}/replay")
	String replay(@AuthenticationPrincipal Caller caller, @PathVariable UUID id, RedirectAttributes next) {
		AccessRight.REPLAY_DEAD_LETTERS.require(caller);
		next.addFlashAttribute("told", replayMessage(caller, id));
		return "redirect:/dead-letters";
	}

	private String replayMessage(Caller caller, UUID id) {
		try {
			int stored = this.parked.replay(caller.tenant(), id);
			return "Replayed: %d new %s came of it.".formatted(stored, (stored == 1) ? "event" : "events");
		}
		catch (InvalidRequest notYet) {
			return String.valueOf(notYet.getBody().getDetail());
		}
	}

	private static FailedEventItem row(DeadLetter letter) {
		return new FailedEventItem(letter.id(), letter.receivedAt(), Labels.humanise(letter.reason()), letter.pointer(),
				letter.detail(), letter.replayedAt() == null);
	}

	/** One letter; its payload stays sealed. */
	record FailedEventItem(UUID id, Instant at, String reason, String pointer, String detail, boolean open) {

	}

}
