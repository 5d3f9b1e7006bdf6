package io.waypost.console;

import io.waypost.access.Caller;
import io.waypost.campaign.Marketers;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows what segments mean and who is in them, and tries other definitions. */
@Controller
class SegmentsController {

	private final SegmentPages pages;

	SegmentsController(SegmentPages pages) {
		this.pages = pages;
	}

	/**
	 * Counting takes a moment where there are very many people, so it is asked for apart.
	 */
	@GetMapping("/segments")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "false") boolean counted,
			Model model) {
		model.addAttribute("segments", this.pages.rows(caller.tenant(), counted));
		model.addAttribute("counted", counted);
		return "console/segments";
	}

	@GetMapping("/segments/{name}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String name, Model model) {
		SegmentView view = this.pages.view(caller.tenant(), name, Marketers.include(caller));
		return show(view, view.definition(), null, model);
	}

	@PostMapping("/segments/{name}")
	String attempt(@AuthenticationPrincipal Caller caller, @PathVariable String name,
			@RequestParam(defaultValue = "") String definition, Model model) {
		Marketers.require(caller);
		String text = SegmentPages.lines(definition);
		return show(this.pages.view(caller.tenant(), name, true), text, this.pages.attempt(caller.tenant(), text),
				model);
	}

	private static String show(SegmentView view, String definition, SegmentView.@Nullable Attempt attempt,
			Model model) {
		model.addAttribute("view", view);
		model.addAttribute("definition", definition);
		model.addAttribute("attempt", attempt);
		return "console/segment";
	}

}
