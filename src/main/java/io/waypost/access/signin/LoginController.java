package io.waypost.access.signin;

import io.waypost.access.PublicEndpoint;
import io.waypost.access.oidc.OidcProviders;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the sign-in page. */
@Controller
@PublicEndpoint("the sign-in page")
class LoginController {

	private final boolean sample;

	private final OidcProviders providers;

	LoginController(@Value("${waypost.sample:false}") boolean sample, OidcProviders providers) {
		this.sample = sample;
		this.providers = providers;
	}

	@GetMapping("/login")
	String login(Model model) {
		model.addAttribute("sample", this.sample);
		model.addAttribute("providers", this.providers.buttons());
		return "login";
	}

}
