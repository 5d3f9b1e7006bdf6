package io.waypost.console.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.key.ApiTokens;
import io.waypost.access.key.Sources;
import io.waypost.access.key.TokenScope;
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

/** The pages of API tokens and of sources with their write keys. */
@Controller
@RequestMapping("/settings")
@Requires(AccessRight.MANAGE_TOKENS)
class KeysPageController {

	private static final Duration GRACE = Duration.ofDays(7);

	private final ApiTokens tokens;

	private final Sources sources;

	private final Clock clock;

	KeysPageController(ApiTokens tokens, Sources sources, Clock clock) {
		this.tokens = tokens;
		this.sources = sources;
		this.clock = clock;
	}

	@GetMapping("/tokens")
	String tokens(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		model.addAttribute("tabs", SettingsTabs.of("tokens", caller));
		String after = SettingsPaging.after(cursor);
		SettingsPaging.addPage(model, "tokens", this.tokens.list(caller.tenant(), after, SettingsPaging.ROWS + 1),
				(last) -> last.name());
		model.addAttribute("roles", roles());
		return "console/settings-tokens";
	}

	@PostMapping("/tokens")
	String createToken(@AuthenticationPrincipal Caller caller, @RequestParam String name,
			@RequestParam(required = false) @Nullable Set<Role> roles,
			@RequestParam(defaultValue = "false") boolean readOnly, @RequestParam(defaultValue = "365") int days,
			RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			Set<Role> granted = (roles != null) ? EnumSet.copyOf(roles) : EnumSet.noneOf(Role.class);
			granted.retainAll(roles());
			Set<TokenScope> scopes = readOnly ? EnumSet.of(TokenScope.READ)
					: EnumSet.of(TokenScope.READ, TokenScope.WRITE);
			@Nullable Instant expiresAt = (days > 0) ? this.clock.instant().plus(Duration.ofDays(days)) : null;
			Caller token = new Caller(caller.tenant(), name.trim(), granted);
			return new SettingsForms.NewSecret("token", name.trim(),
					this.tokens.create(token, scopes, expiresAt, caller.actor()));
		});
		return "redirect:/settings/tokens";
	}

	@PostMapping("/tokens/{name}/delete")
	String deleteToken(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			this.tokens.delete(caller, name);
			return null;
		});
		return "redirect:/settings/tokens";
	}

	@GetMapping("/sources")
	@Requires(AccessRight.MANAGE_SOURCES)
	String sources(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String cursor,
			Model model) {
		model.addAttribute("tabs", SettingsTabs.of("sources", caller));
		String after = SettingsPaging.after(cursor);
		SettingsPaging.addPage(model, "sources", this.sources.list(caller.tenant(), after, SettingsPaging.ROWS + 1),
				(last) -> last.name());
		return "console/settings-sources";
	}

	@PostMapping("/sources")
	@Requires(AccessRight.MANAGE_SOURCES)
	String createSource(@AuthenticationPrincipal Caller caller, @RequestParam String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> new SettingsForms.NewSecret("writeKey", name.trim(),
				this.sources.create(new Source(caller.tenant(), name.trim()), caller.actor()).secret()));
		return "redirect:/settings/sources";
	}

	@PostMapping("/sources/{name}/keys")
	@Requires(AccessRight.MANAGE_SOURCES)
	String replaceKey(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> new SettingsForms.NewSecret("writeKey", name,
				this.sources.replaceKey(new Source(caller.tenant(), name), GRACE, caller.actor()).secret()));
		return "redirect:/settings/sources";
	}

	@PostMapping("/sources/{name}/keys/{id}/delete")
	@Requires(AccessRight.MANAGE_SOURCES)
	String deleteKey(@AuthenticationPrincipal Caller caller, @PathVariable String name, @PathVariable UUID id,
			RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			this.sources.deleteKey(new Source(caller.tenant(), name), id, caller.actor());
			return null;
		});
		return "redirect:/settings/sources";
	}

	@PostMapping("/sources/{name}/delete")
	@Requires(AccessRight.MANAGE_SOURCES)
	String deleteSource(@AuthenticationPrincipal Caller caller, @PathVariable String name, RedirectAttributes next) {
		SettingsForms.submit(next, () -> {
			this.sources.delete(new Source(caller.tenant(), name), caller.actor());
			return null;
		});
		return "redirect:/settings/sources";
	}

	/** A token for the whole platform is created with the command line only. */
	private static List<Role> roles() {
		return Arrays.stream(Role.values()).filter((role) -> role != Role.PLATFORM_ADMIN).toList();
	}

}
