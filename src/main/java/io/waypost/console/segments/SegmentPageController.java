package io.waypost.console.segments;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentAdministration;
import io.waypost.console.FormView;
import io.waypost.console.Labels;
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
 * Shows segments with their estimated size; creates, approves and retires versions.
 */
@Controller
@Requires(AccessRight.READ_SEGMENTS)
class SegmentPageController {

	private final SegmentViewAssembler assembler;

	private final SegmentAdministration administration;

	private final Labels labels;

	SegmentPageController(SegmentViewAssembler assembler, SegmentAdministration administration, Labels labels) {
		this.assembler = assembler;
		this.administration = administration;
		this.labels = labels;
	}

	/**
	 * Sizes are loaded separately, because counting takes long with many profiles.
	 */
	@GetMapping("/segments")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "false") boolean counted,
			Model model) {
		return list(caller, SegmentForm.empty().view(null), null, counted, model);
	}

	@PostMapping("/segments")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String create(@AuthenticationPrincipal Caller caller, SegmentForm form, Model model, HttpServletResponse response,
			RedirectAttributes next) {
		try {
			return added(this.administration.add(caller, form.body()), next);
		}
		catch (InvalidRequestException refused) {
			response.setStatus(refused.getStatusCode().value());
			return list(caller, form.view(refused), this.assembler.estimate(caller, form, refused), false, model);
		}
	}

	/** Estimates the size without saving. */
	@PostMapping(path = "/segments", params = "count")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String count(@AuthenticationPrincipal Caller caller, SegmentForm form, Model model) {
		return list(caller, form.view(null), this.assembler.estimate(caller, form), false, model);
	}

	/** Estimates the size while the user types. */
	@PostMapping(path = "/segments", params = "count", headers = "HX-Request")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String live(@AuthenticationPrincipal Caller caller, SegmentForm form, Model model) {
		model.addAttribute("estimate", this.assembler.estimate(caller, form));
		return "console/segment-parts :: formEstimate(estimate=${estimate})";
	}

	@GetMapping("/segments/{name}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String name,
			@RequestParam(required = false) @Nullable Integer version, Model model) {
		SegmentView view = this.assembler.view(caller, name, version);
		return show(view, SegmentForm.of(view).view(null), null, model);
	}

	/** Estimates the size without saving. */
	@PostMapping("/segments/{name}")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String estimate(@AuthenticationPrincipal Caller caller, @PathVariable String name, SegmentForm form, Model model) {
		return show(this.assembler.view(caller, name, null), form.view(null), this.assembler.estimate(caller, form),
				model);
	}

	@PostMapping("/segments/{name}/versions")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String add(@AuthenticationPrincipal Caller caller, @PathVariable String name, SegmentForm form, Model model,
			HttpServletResponse response, RedirectAttributes next) {
		this.assembler.require(caller.tenant(), name);
		try {
			return added(this.administration.add(caller, form.body(name)), next);
		}
		catch (InvalidRequestException refused) {
			response.setStatus(refused.getStatusCode().value());
			return show(this.assembler.view(caller, name, null), form.view(refused),
					this.assembler.estimate(caller, form, refused), model);
		}
	}

	@PostMapping("/segments/{name}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String approve(@AuthenticationPrincipal Caller caller, @PathVariable String name, @PathVariable int version,
			RedirectAttributes next) {
		this.assembler.require(caller.tenant(), name, version);
		next.addAttribute("name", name);
		try {
			this.administration.approve(caller, name, version);
			next.addFlashAttribute("notice", this.labels.text("segment.approved", version));
			return "redirect:/segments/{name}";
		}
		catch (InvalidRequestException refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
			next.addAttribute("version", version);
			return "redirect:/segments/{name}";
		}
	}

	@PostMapping("/segments/{name}/retire")
	@Requires(AccessRight.CHANGE_SEGMENTS)
	String retire(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		this.assembler.require(caller.tenant(), name);
		next.addAttribute("name", name);
		try {
			this.administration.retire(caller, name);
			next.addFlashAttribute("notice", this.labels.text("segment.retired.done"));
		}
		catch (InvalidRequestException refused) {
			next.addFlashAttribute("refused", refused.getBody().getDetail());
		}
		return "redirect:/segments/{name}";
	}

	private String list(Caller caller, FormView form, SegmentView.@Nullable SegmentEstimate estimate, boolean counted,
			Model model) {
		model.addAttribute("segments", this.assembler.rows(caller.tenant(), counted));
		model.addAttribute("counted", counted);
		model.addAttribute("mayEdit", AccessRight.CHANGE_SEGMENTS.isGrantedTo(caller));
		model.addAttribute("open", estimate != null);
		return form(form, estimate, "console/segments", model);
	}

	private static String show(SegmentView view, FormView form, SegmentView.@Nullable SegmentEstimate estimate,
			Model model) {
		model.addAttribute("view", view);
		model.addAttribute("open", estimate != null);
		return form(form, estimate, "console/segment", model);
	}

	private static String form(FormView form, SegmentView.@Nullable SegmentEstimate estimate, String page,
			Model model) {
		model.addAttribute("form", form);
		model.addAttribute("estimate", estimate);
		return page;
	}

	private String added(Segment added, RedirectAttributes next) {
		next.addFlashAttribute("notice", this.labels.text("segment.added", added.version()));
		next.addAttribute("name", added.name());
		next.addAttribute("version", added.version());
		return "redirect:/segments/{name}";
	}

}
