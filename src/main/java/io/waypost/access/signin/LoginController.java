package io.waypost.access.signin;

import io.waypost.access.PublicEndpoint;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the sign-in page. */
@Controller
@PublicEndpoint("the sign-in page")
class LoginController {

	private final boolean sample;

	LoginController(@Value("${waypost.sample:false}") boolean sample) {
		this.sample = sample;
	}

	@GetMapping("/login")
	String login(Model model) {
		model.addAttribute("sample", this.sample);
		return "login";
	}

}
