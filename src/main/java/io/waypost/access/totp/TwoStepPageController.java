package io.waypost.access.totp;

import java.util.List;
import java.util.Optional;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.access.user.SecretAttempts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which users turn their two-step sign-in on and off. */
@Controller
@RequestMapping("/account/two-step")
@Requires(AccessRight.MANAGE_OWN_ACCOUNT)
class TwoStepPageController {

	private static final String PAGE = "two-step";

	private final TwoStepSignIn signIn;

	private final SecretAttempts attempts;

	TwoStepPageController(TwoStepSignIn signIn, SecretAttempts attempts) {
		this.signIn = signIn;
		this.attempts = attempts;
	}

	@GetMapping
	String show(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("active", this.signIn.isActive(caller.tenant(), caller.name()));
		return PAGE;
	}

	@PostMapping
	String begin(@AuthenticationPrincipal Caller caller, Model model, HttpServletResponse response) {
		response.setHeader("Cache-Control", "no-store");
		model.addAttribute("enrolment", this.signIn.begin(caller.tenant(), caller.name()));
		return show(caller, model);
	}

	@PostMapping(params = "confirm")
	String confirm(@AuthenticationPrincipal Caller caller, @RequestParam String code, Model model,
			HttpServletResponse response) {
		response.setHeader("Cache-Control", "no-store");
		Optional<List<String>> codes = this.signIn.confirm(caller.tenant(), caller.name(), code);
		model.addAttribute("wrong", codes.isEmpty());
		model.addAttribute("codes", codes.orElse(List.of()));
		return show(caller, model);
	}

	@PostMapping(params = "remove")
	String remove(@AuthenticationPrincipal Caller caller, @RequestParam String code, Model model) {
		this.attempts.requireAllowed(caller.name());
		boolean right = this.signIn.verify(caller.tenant(), caller.name(), code);
		if (right) {
			this.signIn.remove(caller, caller.name());
		}
		else {
			this.attempts.failed(caller.name());
		}
		model.addAttribute("wrong", !right);
		return show(caller, model);
	}

}
