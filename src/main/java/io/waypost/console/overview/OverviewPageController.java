package io.waypost.console.overview;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the overview page. */
@Controller
@Requires(AccessRight.READ_OVERVIEW)
class OverviewPageController {

	private final OverviewAssembler overview;

	OverviewPageController(OverviewAssembler overview) {
		this.overview = overview;
	}

	@GetMapping("/")
	String page(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("overview", this.overview.of(caller.tenant()));
		return "console/overview";
	}

}
