package io.waypost.console.overview;

import io.waypost.access.Caller;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the overview page. */
@Controller
class OverviewPageController {

	private final OverviewAssembler overview;

	private final SetupChecklist setup;

	OverviewPageController(OverviewAssembler overview, SetupChecklist setup) {
		this.overview = overview;
		this.setup = setup;
	}

	@GetMapping("/")
	String page(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("overview", this.overview.of(caller.tenant()));
		model.addAttribute("setup", this.setup.steps(caller.tenant()));
		return "console/overview";
	}

}
