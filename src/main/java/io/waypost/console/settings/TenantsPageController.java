package io.waypost.console.settings;

import java.util.EnumSet;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicUrl;
import io.waypost.access.Requires;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.tenant.Tenants;
import io.waypost.access.user.UserAccounts;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
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

/** The page of tenants, for administrators of the platform. */
@Controller
@RequestMapping("/settings/tenants")
@Requires(AccessRight.MANAGE_TENANTS)
class TenantsPageController {

	private static final String PAGE = "redirect:/settings/tenants";

	private final Tenants tenants;

	private final UserAccounts accounts;

	private final PublicUrl publicUrl;

	TenantsPageController(Tenants tenants, UserAccounts accounts, PublicUrl publicUrl) {
		this.tenants = tenants;
		this.accounts = accounts;
		this.publicUrl = publicUrl;
	}

	@GetMapping
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		model.addAttribute("tabs", SettingsTabs.of("tenants", caller));
		String after = SettingsPaging.after(cursor);
		SettingsPaging.addPage(model, "tenants", this.tenants.list(after, SettingsPaging.ROWS + 1),
				(last) -> last.id().value());
		return "console/settings-tenants";
	}

	@PostMapping
	String create(@AuthenticationPrincipal Caller caller, @RequestParam String id, @RequestParam String administrator,
			RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			TenantId tenant = tenant(id.trim());
			TenantScope.run(tenant, () -> this.tenants.create(tenant, caller.actor()));
			User user = new User(tenant, administrator.trim(), EnumSet.of(Role.ADMIN));
			String path = TenantScope.of(tenant, () -> this.accounts.invite(user, caller.actor())).path();
			return new SettingsForms.NewSecret("invitation", user.name(), this.publicUrl.of(path));
		});
		return PAGE;
	}

	@PostMapping("/{id}/delete")
	String delete(@AuthenticationPrincipal Caller caller, @PathVariable String id, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			TenantId tenant = tenant(id);
			TenantScope.run(tenant, () -> this.tenants.delete(tenant, caller.actor()));
			return null;
		});
		return PAGE;
	}

	private static TenantId tenant(String id) {
		try {
			return new TenantId(id);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidRequestException.badRequest("/id", String.valueOf(ex.getMessage()));
		}
	}

}
