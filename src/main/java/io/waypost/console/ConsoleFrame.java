package io.waypost.console;

import java.util.List;

import io.waypost.access.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page of the console shows around its content. */
@ControllerAdvice(basePackageClasses = ConsoleFrame.class)
class ConsoleFrame {

	private static final List<Item> NAVIGATION = List.of(new Item("overview", "Overview", "/", "overview"),
			new Item("sends", "Messages", "/sends", "messages"),
			new Item("journeys", "Journeys", "/journeys", "journeys"),
			new Item("campaigns", "Campaigns", "/campaigns", "campaigns"),
			new Item("segments", "Segments", "/segments", "segments"),
			new Item("content", "Content", "/content", "content"), new Item("people", "People", "/people", "people"),
			new Item("tables", "Rules", "/tables", "rules"),
			new Item("tasks", "Tasklist", "/camunda/app/tasklist/", "tasks"),
			new Item("dead-letters", "Dead letters", "/dead-letters", "letters"),
			new Item("ledger", "Ledger", "/ledger", "ledger"), new Item("api", "API", "/swagger-ui.html", "api"));

	@ModelAttribute("navigation")
	List<Item> navigation() {
		return NAVIGATION;
	}

	@ModelAttribute("reader")
	Reader reader(@AuthenticationPrincipal @Nullable Caller caller) {
		return (caller != null) ? new Reader(caller.name(), caller.tenant().value()) : new Reader("nobody", "none");
	}

	/** One way to go. */
	record Item(String key, String name, String href, String icon) {

	}

	/** Who reads the page. */
	record Reader(String name, String tenant) {

	}

}
