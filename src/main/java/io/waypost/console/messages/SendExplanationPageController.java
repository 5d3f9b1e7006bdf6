package io.waypost.console.messages;

import io.waypost.access.Caller;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SentContent;
import io.waypost.delivery.SentContentRenderer;
import io.waypost.kernel.SendId;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Explains one message, and shows it. */
@Controller
class SendExplanationPageController {

	private final SendLog log;

	private final SentContentRenderer contents;

	private final SendExplanationAssembler views;

	private final MessageFrameResponse paper;

	SendExplanationPageController(SendLog log, SentContentRenderer contents, SendExplanationAssembler views,
			MessageFrameResponse paper) {
		this.log = log;
		this.contents = contents;
		this.views = views;
		this.paper = paper;
	}

	@GetMapping("/sends/{id}")
	String explanation(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("why",
				this.log.find(caller.tenant(), send(id))
					.map((explained) -> this.views.view(caller.tenant(), explained))
					.orElseThrow(SendExplanationPageController::unknown));
		return "console/why";
	}

	@GetMapping("/sends/{id}/preview")
	String preview(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		SentContent content = this.contents.render(caller.tenant(), send(id))
			.orElseThrow(SendExplanationPageController::unknown);
		model.addAttribute("mail", this.views.mail(id, content));
		return "console/preview";
	}

	@GetMapping("/sends/{id}/mail")
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.contents.renderPreview(caller.tenant(), send(id))
			.map((rendered) -> this.paper.of(rendered.html()))
			.orElseThrow(SendExplanationPageController::unknown);
	}

	private static SendId send(String id) {
		try {
			return SendId.of(id);
		}
		catch (IllegalArgumentException malformed) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No message has this id", malformed);
		}
	}

	private static ResponseStatusException unknown() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

}
