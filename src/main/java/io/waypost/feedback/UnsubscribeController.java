package io.waypost.feedback;

import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Hidden;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicEndpoint;
import io.waypost.database.TenantScope;
import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.TrackingLinks;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * One-click unsubscribe (RFC 8058) and the preference centre at the same address. The
 * token in the link authorises the request: no cookie, no sign-in, no redirect. Only a
 * POST changes anything, because link scanners follow every GET.
 */
@Controller
@Hidden
@PublicEndpoint("recipients: the link is signed")
class UnsubscribeController {

	private static final String PAGE = "feedback/preferences";

	private final TrackingLinks links;

	private final PreferenceCentre preferenceCentre;

	UnsubscribeController(TrackingLinks links, PreferenceCentre preferenceCentre) {
		this.links = links;
		this.preferenceCentre = preferenceCentre;
	}

	@GetMapping("/u/{token}")
	String show(@PathVariable String token, Locale browser, Model model) {
		return page(token, browser, model, Notice.NONE);
	}

	@PostMapping("/u/{token}")
	String unsubscribe(@PathVariable String token, Locale browser, Model model) {
		LinkTarget target = target(token);
		TenantScope.run(target.tenant(), () -> this.preferenceCentre.unsubscribe(target));
		return page(token, browser, model, Notice.UNSUBSCRIBED);
	}

	@PostMapping("/u/{token}/preferences")
	String save(@PathVariable String token, @RequestParam(defaultValue = "") List<String> shown,
			@RequestParam(defaultValue = "") List<String> granted, HttpServletRequest request, Locale browser,
			Model model) {
		LinkTarget target = target(token);
		TenantScope.run(target.tenant(),
				() -> this.preferenceCentre.save(target, shown, granted, request.getRemoteAddr()));
		return page(token, browser, model, Notice.SAVED);
	}

	private String page(String token, Locale browser, Model model, Notice notice) {
		LinkTarget target = target(token);
		model.addAttribute("page", TenantScope.of(target.tenant(), () -> this.preferenceCentre.page(target, browser)));
		model.addAttribute("token", token);
		model.addAttribute("notice", (notice == Notice.NONE) ? null : notice.name().toLowerCase(Locale.ROOT));
		return PAGE;
	}

	private LinkTarget target(String token) {
		return this.links.verify(TrackingLinks.Purpose.UNSUBSCRIBE, token)
			.orElseThrow(() -> InvalidRequestException
				.notFound("This link is invalid or incomplete; copy the whole link from the message"));
	}

	/** Confirmation that the page shows. */
	private enum Notice {

		NONE, UNSUBSCRIBED, SAVED

	}

}
