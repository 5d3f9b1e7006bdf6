package io.waypost.access.signin;

import io.waypost.access.user.AccessSettings;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The sign-in page. */
@Controller
class LoginController {

	private final AccessSettings settings;

	LoginController(AccessSettings settings) {
		this.settings = settings;
	}

	@GetMapping("/login")
	String login(Model model) {
		model.addAttribute("sample", this.settings.sample());
		return "login";
	}

}
