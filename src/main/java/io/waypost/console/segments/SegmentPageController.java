package io.waypost.console.segments;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentAdministration;
import io.waypost.console.templates.TemplateView;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows what segments mean and who is in them, and takes new ones: counted before they
 * are kept, and kept before they are in force.
 */
@Controller
class SegmentPageController {

	private final SegmentViewAssembler pages;

	private final SegmentAdministration desk;

	SegmentPageController(SegmentViewAssembler pages, SegmentAdministration desk) {
		this.pages = pages;
		this.desk = desk;
	}

	/**
	 * Counting takes a moment where there are very many people, so it is asked for apart.
	 */
	@GetMapping("/segments")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "false") boolean counted,
			Model model) {
		return list(caller, SegmentForm.empty().shown(null), null, counted, model);
	}

	@PostMapping("/segments")
	String create(@AuthenticationPrincipal Caller caller, SegmentForm form, Model model, HttpServletResponse response,
			RedirectAttributes next) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		try {
			return added(this.desk.add(caller, form.body()), next);
		}
		catch (InvalidRequest refused) {
			response.setStatus(refused.getStatusCode().value());
			return list(caller, form.shown(refused), this.pages.estimate(caller, form, refused), false, model);
		}
	}

	/** Nothing is kept. */
	@PostMapping(path = "/segments", params = "count")
	String count(@AuthenticationPrincipal Caller caller, SegmentForm form, Model model) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return list(caller, form.shown(null), this.pages.estimate(caller, form), false, model);
	}

	/** The same while somebody types. */
	@PostMapping(path = "/segments", params = "count", headers = "HX-Request")
	String live(@AuthenticationPrincipal Caller caller, SegmentForm form, Model model) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		model.addAttribute("attempt", this.pages.estimate(caller, form));
		return "console/segment-parts :: attempt(attempt=${attempt})";
	}

	@GetMapping("/segments/{name}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String name,
			@RequestParam(required = false) @Nullable Integer version, Model model) {
		SegmentView view = this.pages.view(caller, name, version);
		return show(view, SegmentForm.of(view).shown(null), null, model);
	}

	/** Nothing is kept. */
	@PostMapping("/segments/{name}")
	String attempt(@AuthenticationPrincipal Caller caller, @PathVariable String name, SegmentForm form, Model model) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		return show(this.pages.view(caller, name, null), form.shown(null), this.pages.estimate(caller, form), model);
	}

	@PostMapping("/segments/{name}/versions")
	String add(@AuthenticationPrincipal Caller caller, @PathVariable String name, SegmentForm form, Model model,
			HttpServletResponse response, RedirectAttributes next) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		this.pages.require(caller.tenant(), name);
		try {
			return added(this.desk.add(caller, form.body(name)), next);
		}
		catch (InvalidRequest refused) {
			response.setStatus(refused.getStatusCode().value());
			return show(this.pages.view(caller, name, null), form.shown(refused),
					this.pages.estimate(caller, form, refused), model);
		}
	}

	@PostMapping("/segments/{name}/versions/{version}/approve")
	String approve(@AuthenticationPrincipal Caller caller, @PathVariable String name, @PathVariable int version,
			RedirectAttributes next) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		this.pages.require(caller.tenant(), name, version);
		next.addAttribute("name", name);
		try {
			this.desk.approve(caller, name, version);
			next.addFlashAttribute("told", "Version %d is in force.".formatted(version));
			return "redirect:/segments/{name}";
		}
		catch (InvalidRequest refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
			next.addAttribute("version", version);
			return "redirect:/segments/{name}";
		}
	}

	@PostMapping("/segments/{name}/retire")
	String retire(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		AccessRight.CHANGE_SEGMENTS.require(caller);
		this.pages.require(caller.tenant(), name);
		next.addAttribute("name", name);
		try {
			this.desk.retire(caller, name);
			next.addFlashAttribute("told", "It is retired.");
		}
		catch (InvalidRequest refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		return "redirect:/segments/{name}";
	}

	private String list(Caller caller, TemplateView.FormView form, SegmentView.@Nullable SegmentEstimate attempt,
			boolean counted, Model model) {
		model.addAttribute("segments", this.pages.rows(caller.tenant(), counted));
		model.addAttribute("counted", counted);
		model.addAttribute("mayEdit", AccessRight.CHANGE_SEGMENTS.isGrantedTo(caller));
		model.addAttribute("open", attempt != null);
		return form(form, attempt, "console/segments", model);
	}

	private static String show(SegmentView view, TemplateView.FormView form,
			SegmentView.@Nullable SegmentEstimate attempt, Model model) {
		model.addAttribute("view", view);
		model.addAttribute("open", attempt != null);
		return form(form, attempt, "console/segment", model);
	}

	private static String form(TemplateView.FormView form, SegmentView.@Nullable SegmentEstimate attempt, String page,
			Model model) {
		model.addAttribute("form", form);
		model.addAttribute("attempt", attempt);
		return page;
	}

	private static String added(Segment added, RedirectAttributes next) {
		next.addFlashAttribute("told",
				"Version %d is added. It is not in force before it is approved.".formatted(added.version()));
		next.addAttribute("name", added.name());
		next.addAttribute("version", added.version());
		return "redirect:/segments/{name}";
	}

}
