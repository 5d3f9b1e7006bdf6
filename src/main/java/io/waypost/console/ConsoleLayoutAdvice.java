package io.waypost.console;

import java.util.List;

import io.waypost.access.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Navigation and signed-in user, for the layout of every page. */
@ControllerAdvice(basePackageClasses = ConsoleLayoutAdvice.class)
class ConsoleLayoutAdvice {

	private static final List<NavigationItem> NAVIGATION = List.of(
			new NavigationItem("overview", "nav.overview", "/", "overview"),
			new NavigationItem("messages", "nav.messages", "/messages", "messages"),
			new NavigationItem("journeys", "nav.journeys", "/journeys", "journeys"),
			new NavigationItem("campaigns", "nav.campaigns", "/campaigns", "campaigns"),
			new NavigationItem("segments", "nav.segments", "/segments", "segments"),
			new NavigationItem("templates", "nav.templates", "/templates", "templates"),
			new NavigationItem("profiles", "nav.profiles", "/profiles", "profiles"),
			new NavigationItem("decision-tables", "nav.decisionTables", "/decision-tables", "decision-tables"),
			new NavigationItem("tasks", "tasklist", "/camunda/app/tasklist/", "tasks"),
			new NavigationItem("failed-events", "nav.failedEvents", "/failed-events", "failed-events"),
			new NavigationItem("audit-log", "nav.auditLog", "/audit-log", "audit-log"),
			new NavigationItem("settings", "nav.settings", "/settings", "settings"),
			new NavigationItem("api", "nav.api", "/swagger-ui.html", "api"));

	@ModelAttribute("navigation")
	List<NavigationItem> navigation() {
		return NAVIGATION;
	}

	@ModelAttribute("user")
	SignedInUser user(@AuthenticationPrincipal @Nullable Caller caller) {
		return (caller != null) ? new SignedInUser(caller.name(), caller.tenant().value()) : new SignedInUser("", "");
	}

	/** An entry of the menu; {@code label} is a key of the message bundle. */
	record NavigationItem(String key, String label, String href, String icon) {

	}

	/** Name and tenant of the signed-in user. */
	record SignedInUser(String name, String tenant) {

	}

}
