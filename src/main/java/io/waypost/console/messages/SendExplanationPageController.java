package io.waypost.console.messages;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.console.PageNotFoundException;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SentContent;
import io.waypost.delivery.SentContentRenderer;
import io.waypost.kernel.SendId;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Explains one message and shows its content. */
@Controller
@Requires(AccessRight.READ_SENDS)
class SendExplanationPageController {

	private final SendLog log;

	private final SentContentRenderer contents;

	private final SendExplanationAssembler assembler;

	private final MessageFrameResponse frame;

	SendExplanationPageController(SendLog log, SentContentRenderer contents, SendExplanationAssembler assembler,
			MessageFrameResponse frame) {
		this.log = log;
		this.contents = contents;
		this.assembler = assembler;
		this.frame = frame;
	}

	@GetMapping("/messages/{id}")
	String explanation(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("explanation",
				this.log.find(caller.tenant(), send(id))
					.map((explained) -> this.assembler.view(caller, explained))
					.orElseThrow(PageNotFoundException::new));
		return "console/send";
	}

	@GetMapping("/messages/{id}/preview")
	@Requires(AccessRight.READ_SENT_CONTENT)
	String preview(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		SentContent content = this.contents.render(caller, send(id)).orElseThrow(PageNotFoundException::new);
		model.addAttribute("mail", this.assembler.mail(id, content));
		return "console/message-preview";
	}

	@GetMapping("/messages/{id}/mail")
	@Requires(AccessRight.READ_SENT_CONTENT)
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.contents.renderPreview(caller, send(id))
			.map((rendered) -> this.frame.of(rendered.html()))
			.orElseThrow(PageNotFoundException::new);
	}

	private static SendId send(String id) {
		try {
			return SendId.of(id);
		}
		catch (IllegalArgumentException malformed) {
			throw new PageNotFoundException("'%s' is not a send id".formatted(id), malformed);
		}
	}

}
