package io.waypost.console.settings;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.PublicUrl;
import io.waypost.access.Requires;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.session.UserSessions;
import io.waypost.access.user.UserAccounts;
import io.waypost.console.PageNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of users: invite, assign roles, delete. */
@Controller
@RequestMapping("/settings/users")
@Requires(AccessRight.MANAGE_USERS)
class UsersPageController {

	private static final String PAGE = "redirect:/settings/users";

	private final UserAccounts accounts;

	private final UserSessions sessions;

	private final PublicUrl publicUrl;

	UsersPageController(UserAccounts accounts, UserSessions sessions, PublicUrl publicUrl) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.publicUrl = publicUrl;
	}

	@GetMapping
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		model.addAttribute("tabs", SettingsTabs.of("users", caller));
		String after = SettingsPaging.after(cursor);
		SettingsPaging.addPage(model, "users", this.accounts.list(caller.tenant(), after, SettingsPaging.ROWS + 1),
				(last) -> last.name());
		model.addAttribute("roles", assignable(caller));
		return "console/settings-users";
	}

	@PostMapping
	String invite(@AuthenticationPrincipal Caller caller, @RequestParam String name,
			@RequestParam(required = false) @Nullable Set<Role> roles, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			User user = new User(caller.tenant(), name.trim(), checked(caller, roles));
			return secret(user.name(), this.accounts.invite(user, caller.actor()));
		});
		return PAGE;
	}

	@GetMapping("/{name}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String name, Model model) {
		model.addAttribute("tabs", SettingsTabs.of("users", caller));
		model.addAttribute("account",
				this.accounts.find(caller.tenant(), name).orElseThrow(PageNotFoundException::new));
		model.addAttribute("sessions", this.sessions.list(caller.tenant(), name));
		model.addAttribute("roles", assignable(caller));
		return "console/settings-user";
	}

	@PostMapping("/{name}/sessions/end")
	String endSessions(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			this.sessions.revoke(caller, name, Optional.empty());
			return null;
		});
		return PAGE;
	}

	@PostMapping("/{name}/invitation")
	String inviteAgain(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> secret(name, this.accounts.inviteAgain(caller, name)));
		return PAGE;
	}

	@PostMapping("/{name}/roles")
	String assignRoles(@AuthenticationPrincipal Caller caller, @PathVariable String name,
			@RequestParam(required = false) @Nullable Set<Role> roles, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			this.accounts.assignRoles(caller, name, checked(caller, roles));
			return null;
		});
		return PAGE;
	}

	@PostMapping("/{name}/delete")
	String delete(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			next.addFlashAttribute("deletedTokens", this.accounts.delete(caller, name));
			return null;
		});
		return PAGE;
	}

	private SettingsForms.NewSecret secret(String name, UserAccounts.Invitation invitation) {
		return new SettingsForms.NewSecret("invitation", name, this.publicUrl.of(invitation.path()));
	}

	private static Set<Role> checked(Caller caller, @Nullable Set<Role> roles) {
		Set<Role> requested = (roles != null) ? roles : Set.of();
		if (requested.contains(Role.PLATFORM_ADMIN)) {
			AccessRight.MANAGE_TENANTS.require(caller);
		}
		return requested;
	}

	private static List<Role> assignable(Caller caller) {
		Set<Role> roles = EnumSet.allOf(Role.class);
		if (!AccessRight.MANAGE_TENANTS.isGrantedTo(caller)) {
			roles.remove(Role.PLATFORM_ADMIN);
		}
		return List.copyOf(roles);
	}

}
