package io.waypost.console;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasklist and Cockpit in a real browser: the allow-lists contain what the pages of each
 * role request.
 */
@WaypostTest
@Tag("browser")
class EngineWebAppsBrowserTests {

	/**
	 * Widgets that stay empty: cases are not used, and these numbers are not kept apart
	 * by tenant.
	 */
	private static final Set<String> CLOSED = Set.of("case-definition/count", "history/batch",
			"task/report/candidate-group-count");

	private static Chromium chromium;

	@LocalServerPort
	private int port;

	@Autowired
	private RepositoryService repository;

	private final Set<String> refused = new ConcurrentSkipListSet<>();

	@BeforeAll
	static void requireChromium() {
		chromium = Chromium.require();
	}

	@AfterAll
	static void close() {
		if (chromium != null) {
			chromium.close();
		}
	}

	@Test
	void showsTasklistToReviewersAndOperators() {
		for (Role role : List.of(Role.REVIEWER, Role.OPERATOR)) {
			Page page = signedIn(role);
			open(page, "/camunda/app/tasklist/default/#/");
			assertThat(page.content()).as(role.name()).contains("Tasklist");
			page.context().close();
		}
		assertThat(this.refused).isEmpty();
	}

	@Test
	void showsCockpitToComplianceAndOperators() {
		String definition = this.repository.createProcessDefinitionQuery()
			.latestVersion()
			.processDefinitionKey("cart-abandonment")
			.list()
			.getFirst()
			.getId();
		for (Role role : List.of(Role.COMPLIANCE, Role.OPERATOR)) {
			Page page = signedIn(role);
			for (String view : List.of("dashboard", "processes", "decisions",
					"process-definition/" + definition + "/runtime", "processes/search", "tasks", "repository",
					"batch")) {
				open(page, "/camunda/app/cockpit/default/#/" + view);
			}
			assertThat(page.content()).as(role.name()).contains("Cockpit");
			page.context().close();
		}
		assertThat(this.refused).isEmpty();
	}

	@Test
	void keepsOtherRolesOut() {
		Page page = signedIn(Role.ADMIN);
		for (String app : List.of("tasklist", "cockpit", "admin", "welcome")) {
			assertThat(page.navigate(url("/camunda/app/" + app + "/default/")).status()).as(app).isEqualTo(403);
		}
		page.context().close();
	}

	private void open(Page page, String path) {
		page.navigate(url(path));
		page.waitForLoadState(LoadState.NETWORKIDLE);
	}

	private Page signedIn(Role role) {
		Page page = chromium.browser().newContext().newPage();
		page.navigate(url("/login"));
		page.locator("#username").fill(TestTenant.user(role));
		page.locator("#password").fill(TestTenant.PASSWORD);
		page.locator("button[type=submit]").first().click();
		page.waitForLoadState(LoadState.NETWORKIDLE);
		page.onResponse((response) -> {
			if (response.status() == 403 && response.url().contains("/camunda/")
					&& CLOSED.stream().noneMatch((path) -> response.url().contains(path))) {
				this.refused.add("%s %s as %s".formatted(response.request().method(),
						response.url().replaceAll("^https?://[^/]+|\\?.*", ""), role));
			}
		});
		return page;
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

}
