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
@Requires({ AccessRight.READ_OVERVIEW, AccessRight.MANAGE_OWN_ACCOUNT })
class OverviewPageController {

	private final OverviewAssembler overview;

	private final SetupChecklist setup;

	OverviewPageController(OverviewAssembler overview, SetupChecklist setup) {
		this.overview = overview;
		this.setup = setup;
	}

	/**
	 * Administrators of the platform see no data of a tenant; they start at the settings.
	 */
	@GetMapping("/")
	String page(@AuthenticationPrincipal Caller caller, Model model) {
		if (!AccessRight.READ_OVERVIEW.isGrantedTo(caller)) {
			return "redirect:/settings";
		}
		model.addAttribute("overview", this.overview.of(caller.tenant()));
		model.addAttribute("setup", this.setup.steps(caller.tenant()));
		return "console/overview";
	}

}
