package io.waypost.console.failedevents;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.console.Labels;
import io.waypost.ingestion.DeadLetter;
import io.waypost.ingestion.DeadLetterContent;
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

/** The pages of failed events: list, edit and replay. */
@Controller
@Requires(AccessRight.REPLAY_FAILED_EVENTS)
class FailedEventsPageController {

	private static final int ROWS = 50;

	private static final JsonMapper JSON = new JsonMapper();

	private final DeadLetterQueue queue;

	private final Labels labels;

	FailedEventsPageController(DeadLetterQueue queue, Labels labels) {
		this.queue = queue;
		this.labels = labels;
	}

	@GetMapping("/failed-events")
	@Requires(AccessRight.READ_FAILED_EVENTS)
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		Page<DeadLetter> page = this.queue.list(caller.tenant(), ROWS, cursor);
		model.addAttribute("failedEvents", page.items().stream().map(FailedEventsPageController::row).toList());
		model.addAttribute("next", page.nextCursor());
		model.addAttribute("mayReplay", AccessRight.REPLAY_FAILED_EVENTS.isGrantedTo(caller));
		return "console/failed-events";
	}

	@PostMapping("/failed-events/{id}/replay")
	String replay(@AuthenticationPrincipal Caller caller, @PathVariable UUID id, RedirectAttributes next) {
		next.addFlashAttribute("message", replayMessage(caller, id));
		return "redirect:/failed-events";
	}

	private String replayMessage(Caller caller, UUID id) {
		try {
			int stored = this.queue.replay(caller.tenant(), caller.actor(), id);
			return this.labels.text("failedEvents.replayResult", stored);
		}
		catch (InvalidRequestException notYet) {
			return String.valueOf(notYet.getBody().getDetail());
		}
	}

	@GetMapping("/failed-events/{id}")
	@Requires(AccessRight.READ_FAILED_EVENTS)
	String show(@AuthenticationPrincipal Caller caller, @PathVariable UUID id, Model model) {
		DeadLetterContent content = this.queue.read(caller, id);
		model.addAttribute("failedEvent", row(content.failedEvent()));
		if (!model.containsAttribute("event")) {
			model.addAttribute("event", content.event().toPrettyString());
		}
		model.addAttribute("mayReplay", AccessRight.REPLAY_FAILED_EVENTS.isGrantedTo(caller));
		JsonNode original = content.original();
		model.addAttribute("original", (original != null) ? original.toPrettyString() : null);
		return "console/failed-event";
	}

	/** Saves the corrected event; on an error the page shows the text that was sent. */
	@PostMapping("/failed-events/{id}")
	String edit(@AuthenticationPrincipal Caller caller, @PathVariable UUID id, @RequestParam String event,
			RedirectAttributes next) {
		String problem = save(caller, id, event);
		if (problem == null) {
			next.addFlashAttribute("message", this.labels.text("failedEvent.saved"));
		}
		else {
			next.addFlashAttribute("problem", problem);
			next.addFlashAttribute("event", event);
		}
		return "redirect:/failed-events/" + id;
	}

	private @Nullable String save(Caller caller, UUID id, String event) {
		try {
			this.queue.edit(caller, id, JSON.readTree(event));
			return null;
		}
		catch (JsonProcessingException notJson) {
			JsonLocation place = notJson.getLocation();
			return this.labels.text("failedEvent.notJson", place.getLineNr(), place.getColumnNr(),
					notJson.getOriginalMessage().replaceFirst(" \\(start marker.*", ""));
		}
		catch (InvalidRequestException invalid) {
			return this.labels.text("failedEvent.invalid", String.valueOf(invalid.getBody().getDetail()));
		}
	}

	private static FailedEventItem row(DeadLetter failedEvent) {
		return new FailedEventItem(failedEvent.id(), failedEvent.receivedAt(), Labels.humanise(failedEvent.reason()),
				failedEvent.pointer(), failedEvent.detail(), failedEvent.editedBy(), failedEvent.editedAt(),
				failedEvent.replayedAt() == null);
	}

	/** One failed event, without its payload. */
	record FailedEventItem(UUID id, Instant at, String reason, String pointer, String detail, @Nullable String editedBy,
			@Nullable Instant editedAt, boolean open) {

	}

}
