package io.waypost.console.spend;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows what language models cost, and what is left of the budget. */
@Controller
@Requires(AccessRight.READ_CAMPAIGNS)
class AiSpendPageController {

	private final AiSpendAssembler spend;

	AiSpendPageController(AiSpendAssembler spend) {
		this.spend = spend;
	}

	@GetMapping("/ai-spend")
	String page(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("spend", this.spend.of(caller.tenant()));
		return "console/ai-spend";
	}

}
