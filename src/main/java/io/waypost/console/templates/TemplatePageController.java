package io.waypost.console.templates;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.agent.preview.TestSendRequest;
import io.waypost.agent.preview.TestSends;
import io.waypost.console.messages.MessageFrameResponse;
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.kernel.SendId;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Templates: their versions, what they would say, tests and approval. */
@Controller
public class TemplatePageController {

	private final TemplateViewAssembler views;

	private final TemplatePreviews previews;

	private final TemplateAdministration desk;

	private final TestSends tests;

	private final MessageFrameResponse paper;

	TemplatePageController(TemplateViewAssembler views, TemplatePreviews previews, TemplateAdministration desk,
			TestSends tests, MessageFrameResponse paper) {
		this.views = views;
		this.previews = previews;
		this.desk = desk;
		this.tests = tests;
		this.paper = paper;
	}

	@GetMapping("/content")
	String list(@AuthenticationPrincipal Caller caller, Model model) {
		return list(caller, TemplateForm.empty().shown(null), false, model);
	}

	@PostMapping("/content")
	String create(@AuthenticationPrincipal Caller caller, TemplateForm form, Model model, HttpServletResponse response,
			RedirectAttributes next) {
		try {
			return added(this.desk.add(caller, form.body(null)), next);
		}
		catch (InvalidRequest refused) {
			response.setStatus(refused.getStatusCode().value());
			return list(caller, form.shown(refused), true, model);
		}
	}

	@GetMapping("/content/{key}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String key, TemplatePageQuery query,
			Model model) {
		TemplateView view = this.views.view(caller, key, query);
		Template template = this.desk.require(caller.tenant(), key, view.number());
		return show(view, TemplateForm.of(template).shown(null), false, model);
	}

	@PostMapping("/content/{key}/versions")
	String add(@AuthenticationPrincipal Caller caller, @PathVariable String key, TemplateForm form, Model model,
			HttpServletResponse response, RedirectAttributes next) {
		try {
			return added(this.desk.add(caller, form.body(key)), next);
		}
		catch (InvalidRequest refused) {
			response.setStatus(refused.getStatusCode().value());
			return show(this.views.view(caller, key, new TemplatePageQuery(null, null, null)), form.shown(refused),
					true, model);
		}
	}

	@PostMapping("/content/{key}/versions/{version}/approve")
	String approve(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version,
			RedirectAttributes next) {
		try {
			this.desk.approve(caller, key, version);
			next.addFlashAttribute("told", "Version %d is live.".formatted(version));
		}
		catch (InvalidRequest refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		return back(key, version, next);
	}

	@PostMapping("/content/{key}/versions/{version}/test")
	String test(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version,
			TestSendRequest recipient, RedirectAttributes next) {
		try {
			SendId send = this.tests.send(caller, this.desk.require(caller.tenant(), key, version), recipient);
			next.addFlashAttribute("told", "The test of version %d is on its way.".formatted(version));
			next.addFlashAttribute("send", send.toString());
		}
		catch (InvalidRequest refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		return back(key, version, next);
	}

	@GetMapping("/content/{key}/versions/{version}/mail")
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version, @RequestParam String person) {
		return this.previews.mail(caller.tenant(), this.desk.require(caller.tenant(), key, version), person)
			.map((email) -> this.paper.of(email.html()))
			.orElseThrow(TemplatePageController::unknown);
	}

	public static ResponseStatusException unknown() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	private String list(Caller caller, TemplateView.FormView form, boolean open, Model model) {
		model.addAttribute("templates", this.views.rows(caller.tenant()));
		model.addAttribute("mayEdit", AccessRight.CHANGE_CONTENT.isGrantedTo(caller));
		model.addAttribute("form", form);
		model.addAttribute("open", open);
		return "console/contents";
	}

	private static String show(TemplateView view, TemplateView.FormView form, boolean open, Model model) {
		model.addAttribute("view", view);
		model.addAttribute("form", form);
		model.addAttribute("open", open);
		return "console/content";
	}

	private static String added(Template added, RedirectAttributes next) {
		next.addFlashAttribute("told",
				"Version %d is added. Nobody gets it before it is approved.".formatted(added.version()));
		return back(added.key(), added.version(), next);
	}

	private static String back(String key, int version, RedirectAttributes next) {
		next.addAttribute("key", key);
		next.addAttribute("version", version);
		return "redirect:/content/{key}";
	}

}
