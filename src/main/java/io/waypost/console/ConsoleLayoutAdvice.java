package io.waypost.console;

import java.util.List;

import io.waypost.access.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page of the console shows around its content. */
@ControllerAdvice(basePackageClasses = ConsoleLayoutAdvice.class)
class ConsoleLayoutAdvice {

	private static final List<NavigationItem> NAVIGATION = List.of(
			new NavigationItem("overview", "Overview", "/", "overview"),
			new NavigationItem("sends", "Messages", "/sends", "messages"),
			new NavigationItem("journeys", "Journeys", "/journeys", "journeys"),
			new NavigationItem("campaigns", "Campaigns", "/campaigns", "campaigns"),
			new NavigationItem("segments", "Segments", "/segments", "segments"),
			new NavigationItem("content", "Content", "/content", "content"),
			new NavigationItem("people", "People", "/people", "people"),
			new NavigationItem("tables", "Rules", "/tables", "rules"),
			new NavigationItem("tasks", "Tasklist", "/camunda/app/tasklist/", "tasks"),
			new NavigationItem("dead-letters", "Dead letters", "/dead-letters", "letters"),
			new NavigationItem("ledger", "Ledger", "/ledger", "ledger"),
			new NavigationItem("api", "API", "/swagger-ui.html", "api"));

	@ModelAttribute("navigation")
	List<NavigationItem> navigation() {
		return NAVIGATION;
	}

	@ModelAttribute("reader")
	SignedInUser reader(@AuthenticationPrincipal @Nullable Caller caller) {
		return (caller != null) ? new SignedInUser(caller.name(), caller.tenant().value())
				: new SignedInUser("nobody", "none");
	}

	/** One way to go. */
	record NavigationItem(String key, String name, String href, String icon) {

	}

	/** Who reads the page. */
	record SignedInUser(String name, String tenant) {

	}

}
