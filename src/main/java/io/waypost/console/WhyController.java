package io.waypost.console;

import io.waypost.access.Caller;
import io.waypost.delivery.SendContents;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SentContent;
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
class WhyController {

	private final SendLog log;

	private final SendContents contents;

	private final WhyViews views;

	private final Paper paper;

	WhyController(SendLog log, SendContents contents, WhyViews views, Paper paper) {
		this.log = log;
		this.contents = contents;
		this.views = views;
		this.paper = paper;
	}

	@GetMapping("/sends/{id}")
	String why(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("why",
				this.log.find(caller.tenant(), send(id))
					.map((explained) -> this.views.view(caller.tenant(), explained))
					.orElseThrow(WhyController::unknown));
		return "console/why";
	}

	@GetMapping("/sends/{id}/preview")
	String preview(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		SentContent content = this.contents.find(caller.tenant(), send(id)).orElseThrow(WhyController::unknown);
		model.addAttribute("mail", this.views.mail(id, content));
		return "console/preview";
	}

	@GetMapping("/sends/{id}/mail")
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.contents.findPreview(caller.tenant(), send(id))
			.map((rendered) -> this.paper.sheet(rendered.html()))
			.orElseThrow(WhyController::unknown);
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
