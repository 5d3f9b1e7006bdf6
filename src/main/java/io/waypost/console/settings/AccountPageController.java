package io.waypost.console.settings;

import java.util.Optional;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.access.session.UserSessions;
import io.waypost.access.user.UserAccounts;
import io.waypost.console.Labels;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of your own account: password and sessions. */
@Controller
@RequestMapping("/settings")
@Requires(AccessRight.MANAGE_OWN_ACCOUNT)
class AccountPageController {

	private final UserAccounts accounts;

	private final UserSessions sessions;

	private final Labels labels;

	AccountPageController(UserAccounts accounts, UserSessions sessions, Labels labels) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.labels = labels;
	}

	@GetMapping
	String show(@AuthenticationPrincipal Caller caller, Model model) {
		model.addAttribute("tabs", SettingsTabs.of("account", caller));
		model.addAttribute("roles", caller.roles().stream().sorted().toList());
		model.addAttribute("sessions", this.sessions.list(caller.tenant(), caller.name()));
		return "console/settings-account";
	}

	/** The change ends all sessions, so the user signs in again. */
	@PostMapping("/password")
	String changePassword(@AuthenticationPrincipal Caller caller, @RequestParam String current,
			@RequestParam String password, @RequestParam String repeated, RedirectAttributes next) {
		if (!password.equals(repeated)) {
			next.addFlashAttribute("problem", this.labels.text("invitation.mismatch"));
			return "redirect:/settings";
		}
		try {
			this.accounts.changePassword(caller.tenant(), caller.name(), current, password);
			return "redirect:/login?invited";
		}
		catch (InvalidRequestException ex) {
			next.addFlashAttribute("problem", ex.getBody().getDetail());
			return "redirect:/settings";
		}
	}

	@PostMapping("/sessions/end")
	String endSessions(@AuthenticationPrincipal Caller caller) {
		this.sessions.revoke(caller, caller.name(), Optional.empty());
		return "redirect:/login?signedout";
	}

}
