package io.waypost.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotType;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget;
import io.waypost.agent.llm.budget.ModelBudget.CallResult;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision;
import io.waypost.agent.llm.budget.ModelBudget.SpendRequest;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.OwnEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** The console, Tasklist and the sample workspace in a real browser. */
@Tag("engine-node")
@Tag("browser")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = SampleWorkspaceInitializer.class)
@TestExecutionListeners(listeners = OwnEngine.class, mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
class ConsoleBrowserTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final String ALL_RULES = "{}";

	/** Rules that depend on colours. */
	private static final String COLOUR_RULES = "{\"runOnly\": [\"color-contrast\", \"link-in-text-block\"]}";

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final AtomicInteger nextProfile = new AtomicInteger(100);

	private static final AtomicInteger templateRequests = new AtomicInteger();

	private static Chromium chromium;

	/** Cookies of the signed-in user. */
	private static String session;

	@LocalServerPort
	private int port;

	@Autowired
	private ModelBudget modelBudget;

	private final HttpClient http = HttpClient.newHttpClient();

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

	@BeforeEach
	void awaitSampleWorkspace() {
		await("/api/v1/sends?limit=200",
				(sends) -> sends.path("items").findValuesAsText("status").contains("flagged")
						|| sends.path("items").findValuesAsText("template").contains("spring-letter")
								&& sends.path("items").findValuesAsText("status").contains("delivered"));
	}

	@Test
	void explainsMessageOfAbandonedCart() {
		post("/v1/identify", """
				{"userId": "cart-leaver", "messageId": "browser-cart-leaver",
				 "traits": {"email": "cart-leaver@example.com", "firstName": "Ida", "timezone": "%s"},
				 "context": {"consent": {"categoryPreferences": {"marketing": true}}}}""".formatted(noon()),
				"Basic ZGVtby13cml0ZS1rZXk6");
		post("/v1/track", """
				{"userId": "cart-leaver", "event": "Product Added", "messageId": "browser-cart",
				 "properties": {"cart_id": "browser-cart", "product_id": "%s", "quantity": 1}}""".formatted(product()),
				"Basic ZGVtby13cml0ZS1rZXk6");
		String id = accepted(await("/api/v1/sends?userId=cart-leaver&journey=cart-abandonment&limit=20",
				(sends) -> accepted(sends) != null));
		Page page = signedIn(1440, ColorScheme.LIGHT);
		page.navigate(url("/messages/" + id));
		assertThat(page.locator(".wp-story").innerText()).contains("Product Added").contains("Consent");
		page.waitForSelector(".wp-diagram[data-drawn]");
		assertThat(page.locator(".wp-taken-mark").count()).isGreaterThan(4);
		assertThat(page.locator(".bjs-powered-by").count()).isPositive();
		scrollsPast(page, page.locator(".wp-diagram[data-drawn]").first());
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("View message")).click();
		assertThat(page.locator("iframe").first().getAttribute("sandbox")).isEmpty();
		assertThat(page.frameLocator("iframe").first().locator("h1").innerText()).isNotBlank();
		page.context().close();
	}

	@Test
	void approvesFlaggedMessageInTasklist() {
		String send = flagged();
		Page page = task(send);
		page.getByText("Approve", new Page.GetByTextOptions().setExact(true)).click();
		complete(page);
		assertThat(status(send, "accepted", "delivered")).isNotBlank();
		page.context().close();
	}

	@Test
	void rejectsFlaggedMessageWithReason() {
		String send = flagged();
		Page page = task(send);
		page.getByText("Reject", new Page.GetByTextOptions().setExact(true)).click();
		page.locator("textarea").last().fill("Too early in the year");
		complete(page);
		assertThat(status(send, "withheld")).isNotBlank();
		page.context().close();
	}

	@Test
	void editsFlaggedMessage() {
		String send = flagged();
		Page page = task(send);
		page.getByText("Approve with changes", new Page.GetByTextOptions().setExact(true)).click();
		Locator subject = page.getByLabel("Subject");
		subject.fill("What to do in the garden this week");
		page.locator("textarea").last().fill("The subject promised walks");
		complete(page);
		assertThat(status(send, "accepted", "delivered", "flagged", "withheld")).isNotBlank();
		await("/api/v1/sends/" + send + "/content",
				(found) -> found.path("subject").asText().equals("What to do in the garden this week"));
		page.context().close();
	}

	@Test
	void createsTestsAndApprovesTemplate() {
		Page page = signedIn(1440, ColorScheme.LIGHT);
		page.navigate(url("/templates"));
		page.getByText("New template").click();
		page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("garden-note");
		page.getByLabel("Subject").fill("Hello {{ first_nam }}");
		page.getByText("Save as version 1").click();
		assertThat(page.locator("#hint-subject").innerText()).contains("unknown merge tag 'first_nam'");
		assertThat(page.locator("#field-key").inputValue()).isEqualTo("garden-note");
		page.getByLabel("Subject").fill("Hello {{ first_name }}");
		page.getByText("Save as version 1").click();
		assertThat(page.locator("[role=status]").first().innerText()).contains("Not sent until approved");
		page.getByPlaceholder("ada").first().fill("ada");
		page.getByText("Preview", new Page.GetByTextOptions().setExact(true)).click();
		assertThat(page.locator(".wp-subject").innerText()).startsWith("Hello ");
		assertThat(page.locator("iframe").first().getAttribute("sandbox")).isEmpty();
		assertThat(page.frameLocator("iframe").first().locator("h1").innerText()).isNotBlank();
		assertThat(page.locator(".wp-reach").innerText()).contains("will use version 1");
		page.getByText("Approve version 1").click();
		assertThat(page.locator("[role=status]").first().innerText()).contains("Version 1 is live");
		page.getByText("New version").click();
		page.getByLabel("Subject").fill("Good day {{ first_name }}");
		page.getByText("Save version").click();
		assertThat(page.locator(".wp-diff del").innerText()).contains("Hello");
		assertThat(page.locator(".wp-diff ins").innerText()).contains("Good day");
		page.getByLabel("Profile", new Page.GetByLabelOptions().setExact(true)).fill("ada");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send test")).click();
		assertThat(page.locator("[role=status]").first().innerText()).contains("Test of version 2 sent");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("View message")).click();
		assertThat(page.locator("h1").innerText()).startsWith("[Test] ");
		page.context().close();
	}

	@Test
	void createsLaunchesAndCancelsCampaign() {
		Page page = signedIn(1440, ColorScheme.LIGHT);
		page.navigate(url("/campaigns/new"));
		check(page, "campaign-new-1440-light");
		page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Teapots");
		page.getByLabel("Template").selectOption("welcome");
		page.getByLabel("Segment").selectOption("customers");
		page.getByText("Test variants on part").click();
		page.getByLabel("Subject line of variant 2").fill("Hello {{ first_nam }}");
		page.getByText("Save draft").click();
		assertThat(page.locator("#hint-subject-1").innerText()).contains("unknown merge tag 'first_nam'");
		page.getByLabel("Subject line of variant 2").fill("Hello {{ first_name }}");
		page.getByText("Save draft").click();
		assertThat(page.locator(".wp-reach-number").innerText()).contains("profiles in the segment");
		check(page, "campaign-draft-1440-light");
		page.getByText("Launch to").click();
		// The page refreshes without a reload
		page.waitForSelector("#live .wp-pill:text-is('Testing')");
		page.waitForSelector(".wp-diagram[data-drawn] .wp-here-mark");
		page.reload();
		assertThat(page.frameLocator(".wp-stage iframe").locator("h1").innerText()).isNotBlank();
		page.waitForSelector(".wp-diagram[data-drawn] .wp-count");
		check(page, "campaign-1440-light");
		page.getByText("Cancel …").click();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel campaign")).click();
		assertThat(page.locator("#live").innerText()).contains("Cancelled");
		String campaign = page.url();
		page.context().close();
		Page phone = signedIn(390, ColorScheme.DARK);
		for (String path : List.of(url("/campaigns/new"), campaign, url("/segments/customers"))) {
			phone.navigate(path);
			check(phone, path.replaceAll(".*:[0-9]+/|[0-9a-f-]{36}", "").replace('/', '-') + "-390-dark");
			assertThat((Boolean) phone.evaluate("document.documentElement.scrollWidth <= innerWidth")).as(path)
				.isTrue();
		}
		phone.context().close();
	}

	@Test
	void createsSegmentWithEstimateWhileTyping() {
		Page page = signedIn(1440, ColorScheme.LIGHT);
		page.navigate(url("/segments"));
		page.getByText("New segment").click();
		page.locator("#field-name").fill("two-orders");
		page.locator("#field-description").fill("Came back at least once");
		page.locator("#field-definition").pressSequentially("order count is at least 2 adn email is known");
		page.waitForSelector("#tried mark");
		assertThat(page.locator("#tried mark").innerText()).isEqualTo("adn");
		page.locator("#field-definition").fill("");
		page.locator("#field-definition").pressSequentially("order count is at least 2");
		page.waitForSelector("#tried .wp-reach-number");
		page.getByText("Syntax help").click();
		check(page, "segment-new-1440-light");
		page.getByText("Save as version 1").click();
		check(page, "segment-waits-1440-light");
		page.getByText("Approve version 1").click();
		assertThat(page.locator("[role=status]").first().innerText()).isEqualTo("Version 1 is live.");
		page.getByText("New version").click();
		page.locator("#field-definition").fill("in segment nowhere");
		page.getByText("Save version").click();
		assertThat(page.locator("#try mark").innerText()).isEqualTo("nowhere");
		check(page, "segment-refused-1440-light");
		page.getByText("Retire segment").click();
		page.getByText("Retire", new Page.GetByTextOptions().setExact(true)).click();
		assertThat(page.locator("[role=status]").first().innerText()).isEqualTo("Segment retired.");
		page.context().close();
		Page phone = signedIn(390, ColorScheme.DARK);
		phone.navigate(url("/segments/two-orders"));
		assertThat(phone.locator(".wp-alert").first().innerText()).startsWith("Retired on ");
		phone.getByText("New version").click();
		phone.getByText("Syntax help").click();
		check(phone, "segment-write-390-dark");
		assertThat((Boolean) phone.evaluate("document.documentElement.scrollWidth <= innerWidth")).isTrue();
		phone.context().close();
	}

	/**
	 * Visits each page in both themes, beginning with the theme of the page before. Rules
	 * that do not depend on colours are checked in one theme.
	 */
	@Test
	void passesAccessibilityChecksOnEveryPage() {
		Page page = signedIn(1440, ColorScheme.LIGHT);
		pages().forEach((name, path) -> {
			page.navigate(url(path));
			awaitDrawn(page);
			checkBothWidths(page, name, ALL_RULES);
			page.setViewportSize(1440, 900);
			page.click("[data-theme-toggle]");
			checkBothWidths(page, name, COLOUR_RULES);
			page.setViewportSize(1440, 900);
		});
		page.context().close();
	}

	private static void checkBothWidths(Page page, String name, String rules) {
		Object theme = page.evaluate("document.documentElement.dataset.bsTheme");
		for (int width : List.of(1440, 390)) {
			page.setViewportSize(width, 900);
			check(page, "%s-%d-%s".formatted(name, width, theme), rules);
			assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
				.as("%s fits into %d px", name, width)
				.isTrue();
		}
	}

	/** Waits until fonts are loaded and diagrams are drawn. */
	private static void awaitDrawn(Page page) {
		page.waitForCondition(() -> (Boolean) page.evaluate("document.fonts.status === 'loaded' "
				+ "&& document.querySelectorAll('.wp-diagram:not([data-drawn])').length === 0"));
	}

	@Test
	void showsEveryPageWithoutJavaScript() {
		BrowserContext context = chromium.browser()
			.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
		Page page = signIn(context.newPage());
		pages().forEach((name, path) -> {
			var answer = Objects.requireNonNull(page.navigate(url(path)));
			assertThat(answer.status()).as(path).isEqualTo(200);
			assertThat(page.locator("h1").first().innerText()).as(path).isNotBlank();
		});
		context.close();
	}

	private Map<String, String> pages() {
		// The newest send may still be planned, without content to preview
		String send = accepted(await("/api/v1/sends?limit=50", (sends) -> accepted(sends) != null));
		Map<String, String> pages = new TreeMap<>(Map.of("overview", "/", "messages", "/messages", "explanation",
				"/messages/" + send, "preview", "/messages/" + send + "/preview", "journeys", "/journeys", "journey",
				"/journeys/cart-abandonment", "profile", "/profiles/ada", "decision-table", "/decision-tables/consent",
				"audit-log", "/audit-log", "failed-events", "/failed-events"));
		pages.put("templates", "/templates");
		useModels();
		pages.put("ai-spend", "/ai-spend");
		pages.put("campaigns", "/campaigns");
		pages.put("segments", "/segments");
		pages.put("template", "/templates/" + reviewedTemplate() + "?profile=ada");
		for (String page : List.of("", "/users", "/users/demo", "/tokens", "/sources", "/tenants")) {
			pages.put("settings" + page.replace('/', '-'), "/settings" + page);
		}
		return pages;
	}

	/** Books calls, so that the page of their costs has tables. */
	private void useModels() {
		UUID campaign = UUID.fromString("019ad79e-11f4-7c52-9d52-6b1f0b6d1c10");
		for (ModelPurpose purpose : ModelPurpose.values()) {
			SpendDecision call = this.modelBudget
				.reserve(new SpendRequest(new TenantId("demo"), purpose, new CampaignId(campaign), 2_000, "openai",
						"gpt-4o-mini", "key", "write-email@1", 3_000, 1_500, "…"));
			this.modelBudget.settle((SpendDecision.Reserved) call,
					new CallResult("answered", "gpt-4o-mini", "{}", Duration.ofSeconds(2)),
					new TokenUsage(1_200, 1_024, 0, 900));
		}
	}

	/** Returns a template with a live version and a newer version without approval. */
	private String reviewedTemplate() {
		String key = "harvest-letter";
		if (templateRequests.getAndIncrement() == 0) {
			post("/api/v1/templates",
					"""
							{"key": "%s", "locale": "en", "topic": "marketing", "subject": "What to pick in {{ shop }} this week",
							 "body": "Hello {{ first_name }},\\n\\nThe first apples are ripe and the pots are waiting."}"""
						.formatted(key),
					"Bearer demo-token");
			post("/api/v1/templates/" + key + "/versions/1/approve", "{}", "Bearer demo-token");
			post("/api/v1/templates",
					"""
							{"key": "%s", "locale": "en", "topic": "marketing", "subject": "What to plant in {{ shop }} this week",
							 "body": "Hello {{ first_name }},\\n\\nThe last apples are ripe and new pots are waiting at www.elsewhere.example."}"""
						.formatted(key),
					"Bearer demo-token");
		}
		return key;
	}

	/**
	 * Returns a send that waits for review: a message to the next profile that is
	 * subscribed.
	 */
	private String flagged() {
		for (int person = nextProfile.getAndIncrement(); person < 160; person = nextProfile.getAndIncrement()) {
			String send = post("/api/v1/campaigns/trigger", """
					{"userId": "shopper-%d", "template": "spring-letter"}""".formatted(person), "Bearer demo-token")
				.path("sendId")
				.asText();
			if (!send.isEmpty() && status(send, "flagged", "withheld", "deferred").equals("flagged")) {
				return send;
			}
		}
		return fail("No profile in the sample workspace is subscribed");
	}

	/** Opens the task of a send in Tasklist and claims it. */
	private Page task(String send) {
		JsonNode tasks = await("/engine-rest/task?maxResults=1&processVariables=sendId_eq_" + send,
				(found) -> !found.isEmpty());
		String id = tasks.get(0).path("id").asText();
		// Tasklist sends its CSRF token only to the first browser of a session
		Page page = signIn(chromium.browser().newContext(options(1440, ColorScheme.LIGHT)).newPage());
		page.navigate(url("/camunda/app/tasklist/default/#/?task=" + id));
		page.getByText("Claim").first().click();
		page.waitForSelector("text=Approve with changes");
		assertThat(page.getByLabel("Subject").inputValue()).isNotBlank();
		return page;
	}

	private static void complete(Page page) {
		page.waitForResponse((answer) -> answer.url().contains("/submit-form") && answer.ok(),
				() -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete")).click());
	}

	private String status(String send, String... wanted) {
		return await("/api/v1/sends/" + send, (found) -> List.of(wanted).contains(found.path("status").asText()))
			.path("status")
			.asText();
	}

	/** Returns a time zone where it is noon, outside quiet hours. */
	private static String noon() {
		return "Etc/GMT%+d".formatted(Instant.now().atOffset(ZoneOffset.UTC).getHour() - 12);
	}

	private static String accepted(JsonNode sends) {
		for (JsonNode send : sends.path("items")) {
			if (List.of("accepted", "delivered").contains(send.path("status").asText())) {
				return send.path("id").asText();
			}
		}
		return null;
	}

	private String product() {
		return await("/api/v1/catalog/items?limit=1", (items) -> !items.path("items").isEmpty()).path("items")
			.get(0)
			.path("id")
			.asText();
	}

	/** Signs in by the form once; later pages reuse the session. */
	private Page signedIn(int width, ColorScheme scheme) {
		if (session == null) {
			Page page = signIn(chromium.browser().newContext().newPage());
			session = page.context().storageState();
			page.context().close();
		}
		return chromium.browser().newContext(options(width, scheme).setStorageState(session)).newPage();
	}

	private static Browser.NewContextOptions options(int width, ColorScheme scheme) {
		return new Browser.NewContextOptions().setViewportSize(width, 900)
			.setColorScheme(scheme)
			.setReducedMotion(ReducedMotion.REDUCE);
	}

	private Page signIn(Page page) {
		page.navigate(url("/login"));
		page.fill("#username", "demo");
		page.fill("#password", "waypost");
		page.click("button[type=submit]");
		page.waitForURL(url("/") + "**");
		return page;
	}

	/**
	 * Scrolling with the pointer over a diagram scrolls the page, not the diagram.
	 */
	private static void scrollsPast(Page page, Locator picture) {
		picture.evaluate("box => box.scrollIntoView({block: 'end'})");
		picture.hover();
		String drawn = picture.locator(".viewport").getAttribute("transform");
		double before = ((Number) page.evaluate("window.scrollY")).doubleValue();
		page.mouse().wheel(0, -200);
		page.waitForFunction("before => window.scrollY < before", before);
		assertThat(picture.locator(".viewport").getAttribute("transform")).isEqualTo(drawn);
	}

	/** Takes a screenshot and runs axe. */
	private static void check(Page page, String name) {
		check(page, name, ALL_RULES);
	}

	private static void check(Page page, String name, String rules) {
		page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
			.setType(ScreenshotType.JPEG)
			.setPath(Path.of("target/screenshots", name + ".jpg")));
		assertThat(AxeCheck.serious(page, rules)).as("serious accessibility findings on " + name).isEmpty();
	}

	private JsonNode await(String path, Predicate<JsonNode> wanted) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		JsonNode last = JSON.createObjectNode();
		while (System.nanoTime() < end) {
			last = send(HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Bearer demo-token"));
			if (wanted.test(last)) {
				return last;
			}
			pause();
		}
		throw new AssertionError("%s did not become what it should; last: %s".formatted(path, last));
	}

	private JsonNode post(String path, String body, String authorization) {
		return send(HttpRequest.newBuilder(URI.create(url(path)))
			.header("Authorization", authorization)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private JsonNode send(HttpRequest.Builder request) {
		try {
			return JSON.readTree(this.http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(300);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

}
