package io.waypost.console;

import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Navigation and signed-in user, for the layout of every page. */
@ControllerAdvice(basePackageClasses = ConsoleLayoutAdvice.class)
class ConsoleLayoutAdvice {

	private static final List<NavigationItem> NAVIGATION = List.of(
			new NavigationItem("overview", "nav.overview", "/", "overview", AccessRight.READ_OVERVIEW),
			new NavigationItem("messages", "nav.messages", "/messages", "messages", AccessRight.READ_SENDS),
			new NavigationItem("journeys", "nav.journeys", "/journeys", "journeys", AccessRight.READ_JOURNEYS),
			new NavigationItem("campaigns", "nav.campaigns", "/campaigns", "campaigns", AccessRight.READ_CAMPAIGNS),
			new NavigationItem("segments", "nav.segments", "/segments", "segments", AccessRight.READ_SEGMENTS),
			new NavigationItem("templates", "nav.templates", "/templates", "templates", AccessRight.READ_CONTENT),
			new NavigationItem("ai-spend", "nav.aiSpend", "/ai-spend", "ai-spend", AccessRight.READ_CAMPAIGNS),
			new NavigationItem("profiles", "nav.profiles", "/profiles", "profiles", AccessRight.READ_PROFILES),
			new NavigationItem("decision-tables", "nav.decisionTables", "/decision-tables", "decision-tables",
					AccessRight.READ_DECISION_TABLES),
			new NavigationItem("tasks", "tasklist", "/camunda/app/tasklist/", "tasks", AccessRight.OPEN_TASKLIST),
			new NavigationItem("failed-events", "nav.failedEvents", "/failed-events", "failed-events",
					AccessRight.READ_FAILED_EVENTS),
			new NavigationItem("audit-log", "nav.auditLog", "/audit-log", "audit-log", AccessRight.READ_AUDIT_LOG),
			new NavigationItem("settings", "nav.settings", "/settings", "settings", AccessRight.MANAGE_OWN_ACCOUNT),
			new NavigationItem("api", "nav.api", "/swagger-ui.html", "api", AccessRight.READ_API_DESCRIPTION));

	@ModelAttribute("navigation")
	List<NavigationItem> navigation(@AuthenticationPrincipal @Nullable Caller caller) {
		return (caller != null) ? NAVIGATION.stream().filter((item) -> item.right().isGrantedTo(caller)).toList()
				: List.of();
	}

	@ModelAttribute("user")
	SignedInUser user(@AuthenticationPrincipal @Nullable Caller caller) {
		return (caller != null) ? new SignedInUser(caller.name(), caller.tenant().value()) : new SignedInUser("", "");
	}

	/**
	 * An entry of the menu, which only callers with its right see.
	 *
	 * @param key names the page
	 * @param label key of the message bundle
	 * @param href path of the page
	 * @param icon id of the icon
	 * @param right the right of the page
	 */
	record NavigationItem(String key, String label, String href, String icon, AccessRight right) {

	}

	/** Name and tenant of the signed-in user. */
	record SignedInUser(String name, String tenant) {

	}

}
