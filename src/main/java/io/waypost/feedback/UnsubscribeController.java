package io.waypost.feedback;

import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Hidden;
import io.waypost.access.InvalidRequest;
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
 * One-click unsubscribe (RFC 8058) and the preference centre behind the same address. The
 * token is the key: no cookie, no sign-in, no redirect. Only a POST changes anything,
 * because link scanners follow every GET.
 */
@Controller
@Hidden
class UnsubscribeController {

	private static final String PAGE = "feedback/preferences";

	private final TrackingLinks links;

	private final PreferenceCentre centre;

	UnsubscribeController(TrackingLinks links, PreferenceCentre centre) {
		this.links = links;
		this.centre = centre;
	}

	@GetMapping("/u/{token}")
	String show(@PathVariable String token, Locale browser, Model model) {
		return page(token, browser, model, Notice.NONE);
	}

	@PostMapping("/u/{token}")
	String unsubscribe(@PathVariable String token, Locale browser, Model model) {
		this.centre.unsubscribe(target(token));
		return page(token, browser, model, Notice.UNSUBSCRIBED);
	}

	@PostMapping("/u/{token}/preferences")
	String save(@PathVariable String token, @RequestParam(defaultValue = "") List<String> shown,
			@RequestParam(defaultValue = "") List<String> granted, HttpServletRequest request, Locale browser,
			Model model) {
		this.centre.save(target(token), shown, granted, request.getRemoteAddr());
		return page(token, browser, model, Notice.SAVED);
	}

	private String page(String token, Locale browser, Model model, Notice notice) {
		model.addAttribute("page", this.centre.page(target(token), browser));
		model.addAttribute("token", token);
		model.addAttribute("notice", (notice == Notice.NONE) ? null : notice.name().toLowerCase(Locale.ROOT));
		return PAGE;
	}

	private LinkTarget target(String token) {
		return this.links.verify(TrackingLinks.Purpose.UNSUBSCRIBE, token)
			.orElseThrow(() -> InvalidRequest
				.notFound("This link is not one of ours or was cut off; " + "copy it from the message as a whole"));
	}

	/** What the page says was just done. */
	private enum Notice {

		NONE, UNSUBSCRIBED, SAVED

	}

}
