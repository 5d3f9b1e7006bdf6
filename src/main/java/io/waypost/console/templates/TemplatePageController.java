package io.waypost.console.templates;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.agent.preview.TestSendRequest;
import io.waypost.agent.preview.TestSends;
import io.waypost.console.FormView;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.console.messages.MessageFrameResponse;
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.kernel.SendId;
import io.waypost.kernel.Page;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows templates with versions and previews; creates, tests and approves versions. */
@Controller
@Requires(AccessRight.READ_CONTENT)
class TemplatePageController {

	private final TemplateViewAssembler assembler;

	private final TemplatePreviews previews;

	private final TemplateAdministration administration;

	private final TestSends tests;

	private final MessageFrameResponse frame;

	private final Labels labels;

	TemplatePageController(TemplateViewAssembler assembler, TemplatePreviews previews,
			TemplateAdministration administration, TestSends tests, MessageFrameResponse frame, Labels labels) {
		this.assembler = assembler;
		this.previews = previews;
		this.administration = administration;
		this.tests = tests;
		this.frame = frame;
		this.labels = labels;
	}

	@GetMapping("/templates")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		return list(caller, cursor, TemplateForm.empty().view(null), false, model);
	}

	@PostMapping("/templates")
	@Requires(AccessRight.CHANGE_CONTENT)
	String create(@AuthenticationPrincipal Caller caller, TemplateForm form, Model model, HttpServletResponse response,
			RedirectAttributes next) {
		try {
			return added(this.administration.add(caller, form.body(null)), next);
		}
		catch (InvalidRequestException refused) {
			response.setStatus(refused.getStatusCode().value());
			return list(caller, null, form.view(refused), true, model);
		}
	}

	@GetMapping("/templates/{key}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String key, TemplatePageQuery query,
			Model model) {
		TemplateView view = this.assembler.view(caller, key, query);
		Template template = this.administration.require(caller.tenant(), key, view.number());
		return show(view, TemplateForm.of(template).view(null), false, model);
	}

	@PostMapping("/templates/{key}/versions")
	@Requires(AccessRight.CHANGE_CONTENT)
	String add(@AuthenticationPrincipal Caller caller, @PathVariable String key, TemplateForm form, Model model,
			HttpServletResponse response, RedirectAttributes next) {
		try {
			return added(this.administration.add(caller, form.body(key)), next);
		}
		catch (InvalidRequestException refused) {
			response.setStatus(refused.getStatusCode().value());
			return show(this.assembler.view(caller, key, new TemplatePageQuery(null, null, null)), form.view(refused),
					true, model);
		}
	}

	@PostMapping("/templates/{key}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_CONTENT)
	String approve(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version,
			RedirectAttributes next) {
		try {
			this.administration.approve(caller, key, version);
			next.addFlashAttribute("notice", this.labels.text("template.approved", version));
		}
		catch (InvalidRequestException refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		return back(key, version, next);
	}

	@PostMapping("/templates/{key}/versions/{version}/test")
	@Requires(AccessRight.CHANGE_CONTENT)
	String test(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version,
			TestSendRequest recipient, RedirectAttributes next) {
		try {
			SendId send = this.tests.send(caller, this.administration.require(caller.tenant(), key, version),
					recipient);
			next.addFlashAttribute("notice", this.labels.text("template.test.sent", version));
			next.addFlashAttribute("send", send.toString());
		}
		catch (InvalidRequestException refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		return back(key, version, next);
	}

	@GetMapping("/templates/{key}/versions/{version}/mail")
	@Requires(AccessRight.CHANGE_CONTENT)
	ResponseEntity<String> mail(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version, @RequestParam String profile) {
		return this.previews.mail(caller, this.administration.require(caller.tenant(), key, version), profile)
			.map((email) -> this.frame.of(email.html()))
			.orElseThrow(PageNotFoundException::new);
	}

	private String list(Caller caller, @Nullable String cursor, FormView form, boolean open, Model model) {
		Page<TemplateListItem> page = this.assembler.page(caller.tenant(), cursor);
		model.addAttribute("templates", page.items());
		model.addAttribute("next", page.nextCursor());
		model.addAttribute("mayEdit", AccessRight.CHANGE_CONTENT.isGrantedTo(caller));
		model.addAttribute("form", form);
		model.addAttribute("open", open);
		return "console/templates";
	}

	private static String show(TemplateView view, FormView form, boolean open, Model model) {
		model.addAttribute("view", view);
		model.addAttribute("form", form);
		model.addAttribute("open", open);
		return "console/template";
	}

	private String added(Template added, RedirectAttributes next) {
		next.addFlashAttribute("notice", this.labels.text("template.added", added.version()));
		return back(added.key(), added.version(), next);
	}

	private static String back(String key, int version, RedirectAttributes next) {
		next.addAttribute("key", key);
		next.addAttribute("version", version);
		return "redirect:/templates/{key}";
	}

}
