package io.waypost.access.signin;

import java.util.Optional;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicEndpoint;
import io.waypost.access.User;
import io.waypost.access.user.UserAccounts;
import io.waypost.database.TenantScope;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which an invited user chooses a password. */
@Controller
@RequestMapping("/invitation/{secret}")
@PublicEndpoint("invited users: the link contains a secret")
class InvitationController {

	private final UserAccounts accounts;

	InvitationController(UserAccounts accounts) {
		this.accounts = accounts;
	}

	@GetMapping
	String show(@PathVariable String secret, Model model, HttpServletResponse response) {
		response.setHeader("Cache-Control", "no-store");
		return page(this.accounts.findInvited(secret), model, response);
	}

	@PostMapping
	String accept(@PathVariable String secret, @RequestParam String password, @RequestParam String repeated,
			Model model, HttpServletResponse response) {
		if (!password.equals(repeated)) {
			model.addAttribute("mismatch", true);
			return show(secret, model, response);
		}
		try {
			Optional<User> user = this.accounts.findInvited(secret)
				.flatMap((invited) -> TenantScope.of(invited.tenant(),
						() -> this.accounts.acceptInvitation(secret, password)));
			return user.isPresent() ? "redirect:/login?invited" : page(user, model, response);
		}
		catch (InvalidRequestException ex) {
			model.addAttribute("problem", ex.getBody().getDetail());
			return show(secret, model, response);
		}
	}

	private static String page(Optional<User> user, Model model, HttpServletResponse response) {
		if (user.isEmpty()) {
			response.setStatus(HttpStatus.NOT_FOUND.value());
		}
		model.addAttribute("user", user.orElse(null));
		return "invitation";
	}

}
