package io.waypost.console.campaigns;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.access.Role;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.console.Labels;
import io.waypost.console.StatusView;
import io.waypost.console.experiments.ExperimentResultsAssembler;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.ExperimentArmResult;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.Lift;
import io.waypost.experiment.stats.Interval;
import io.waypost.testing.Browser;
import io.waypost.testing.TestSource;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

import static io.waypost.console.FormResponses.assertProblem;
import static io.waypost.console.FormResponses.leadsTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Campaign and segment pages over HTTP. */
@WaypostTest
class CampaignPagesIntegrationTests {

	private static final String ZONE_AT_NOON = zoneAt(12);

	private final String name = "pages-" + UUID.randomUUID().toString().substring(0, 8);

	@LocalServerPort
	private int port;

	@Autowired
	private Segments segments;

	@Autowired
	private Labels labels;

	@BeforeEach
	void open(@Autowired BrandKitRepository brands, @Autowired TemplateRepository templates) {
		BrandKit kit = brands.add(TestTenant.ID, "user:test",
				new BrandKit(0, "Test Shop", "hello@shop.example", List.of("Test Shop", "1 High Street", "London"),
						"https://shop.example", "https://shop.example/logo.png", "#224466",
						Set.of("shop.example", "hearth.example"), Set.of("cheap")));
		brands.approve(TestTenant.ID, "user:test", kit.version());
		Template template = templates.add(TestTenant.ID, "user:test",
				new Template(this.name, 0, "marketing", "en", "News from {{ shop }}", null, null,
						"Hello {{ first_name }},\n\nThe kettles are on and the new cups are here.", null, false));
		templates.approve(TestTenant.ID, "user:test", this.name, template.version());
		person(true);
		person(true);
		person(false);
		Segment segment = this.segments.add(TestTenant.ID, "user:test",
				new SegmentDraft(this.name, "People of one test", "test", "did \"%s\"".formatted(this.name)));
		this.segments.approve(TestTenant.ID, "user:test", this.name, segment.version());
		awaitPeople(3);
	}

	private void awaitPeople(int people) {
		String definition = "did \"%s\"".formatted(this.name);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.segments.count(TestTenant.ID, List.of(definition)).getFirst() == people);
	}

	@Test
	void launchesDraftAndSendsMessages() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/campaigns/new").body()).contains(this.name);
		String page = createDraft(marketer);
		String draft = marketer.get(page).body();
		assertThat(draft).contains("of 3 profiles in the segment", "Opted out")
			.as("one of the two may be in the global control group")
			.containsPattern("Launch to (2 recipients|1 recipient)");
		assertThat(draft).doesNotContain("Pause", "Resume");
		assertThat(marketer.post(page + "/launch").statusCode()).isEqualTo(302);
		String done = await(marketer, page, ">Completed</span>");
		assertThat(done).contains("<strong>3 of 3 recipients processed</strong>", "Opted out",
				"Technical details: campaign", "News from Test Shop");
		assertThat(done).doesNotContain("/launch\"", "/pause\"", "/cancel\"", "every 3s");
		String mail = done.replaceAll("(?s).*<iframe[^>]* src=\"([^\"]+)\".*", "$1");
		HttpResponse<String> frame = marketer.get(mail);
		assertThat(frame.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).startsWith("sandbox;"));
		assertThat(frame.body()).contains("Hello Alex", "new cups");
		assertThat(marketer.get(mail.replace("/mail", "")).body()).contains("Phone", "decided by guardrail rules");
		assertThat(marketer.get("/campaigns").body()).contains(this.name, "3 of 3");
		assertThat(marketer.get("/messages?campaign=" + page.replace("/campaigns/", "")).body()).contains("News from");
		assertThat(marketer.post(page + "/cancel").statusCode()).isEqualTo(302);
		assertThat(marketer.get(page).body()).contains("cannot be cancelled");
	}

	@Test
	void estimatesDeferredRecipients() {
		for (int i = 0; i < 5; i++) {
			person(true, zoneAt(2));
		}
		awaitPeople(8);
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get(createDraft(marketer)).body())
			.containsPattern("<strong>[1-5]</strong> deferred to a later send window: <span>Quiet hours")
			.doesNotContain("Estimated from");
	}

	@Test
	void pausesResumesAndCancelsTest() {
		Browser marketer = as(Role.MARKETER);
		String page = createDraft(marketer, "test", "true", "variant", "a", "subject", "", "variant", "b", "subject",
				"Cups, {{ first_name }}", "metric", "click", "testPercent", "100", "testLength", "2", "testUnit", "H");
		marketer.post(page + "/launch");
		String testing = await(marketer, page, "Test period over");
		assertThat(testing).contains("Too early to say", "Clicks within 2 hours · test duration 2 hours", "/pause\"",
				"every 3s", "1 of 1 chunk finished", "Cups");
		assertThat(marketer.get(page + "/live").body()).startsWith("<div")
			.contains("data-marks=\"/diagrams/campaign%3A")
			.doesNotContain("<html");
		assertThat(marketer.get(page + "/results").body()).contains("<article", "Guardrail metrics");
		assertThat(marketer.get(page + "/content").body()).contains("<article", "Cups");
		assertThat(marketer.get("/experiments").body()).contains(page + "#results", this.name, "Too early to say");
		marketer.post(page + "/pause");
		assertThat(marketer.get(page).body()).contains("Campaign paused", "/resume\"").doesNotContain("/pause\"");
		marketer.post(page + "/resume");
		assertThat(marketer.get(page).body()).contains("Campaign resumed", "/pause\"");
		assertThat(marketer.get(page + "/cancel").body()).contains("This cannot be undone", "Keep campaign");
		assertThat(marketer.get(page).body()).contains("Testing");
		marketer.post(page + "/cancel");
		assertThat(marketer.get(page).body()).contains("Campaign cancelled", "Cancelled").doesNotContain("/resume\"");
	}

	@Test
	void showsReachDuringApproval(@Autowired TemplateRepository templates) {
		String unseen = this.name + "-unseen";
		templates.add(TestTenant.ID, "user:test", new Template(unseen, 0, "marketing", "en", "News", null, null,
				"Hello {{ first_name }},\n\nThe kettles are on.", null, false));
		Browser marketer = as(Role.MARKETER);
		String page = leadsTo(marketer.post("/campaigns", "name", this.name, "template", unseen, "segment", this.name,
				"holdoutPercent", "0"));
		assertThat(marketer.post(page + "/launch").statusCode()).isEqualTo(302);
		assertThat(await(marketer, page, ">Needs approval</span>"))
			.contains("Estimated reach", "of 3 profiles in the segment", "Opted out")
			.doesNotContain("Launch to", "No results yet");
		marketer.post(page + "/cancel");
		assertThat(marketer.get(page).body()).contains("No results<")
			.doesNotContain("Estimated reach", "hx-get=\"" + page + "/results\"");
	}

	@Test
	void pollsForResultsBeforeStart() {
		Browser marketer = as(Role.MARKETER);
		String page = createDraft(marketer, "schedule",
				Instant.now().plus(Duration.ofDays(1)).toString().substring(0, 16), "zone", "UTC");
		marketer.post(page + "/launch");
		assertThat(await(marketer, page, "Start time reached")).contains("No results yet",
				"hx-get=\"" + page + "/results\"");
		assertThat(marketer.get(page + "/results").body()).contains("hx-get=\"" + page + "/results\"");
		marketer.post(page + "/cancel");
	}

	@Test
	void showsErrorsBesideFields() {
		HttpResponse<String> response = as(Role.MARKETER).post("/campaigns", "name", " ", "template", this.name,
				"segment", this.name, "holdoutPercent", "80", "schedule", "2020-01-01T09:00", "zone", "Europe/Vienna",
				"test", "true", "variant", "a", "subject", "", "variant", "", "subject", "", "variant", "B!", "subject",
				"For {{ nobody }}", "variant", "", "subject", "", "metric", "click", "testPercent", "0", "testLength",
				"99", "testUnit", "D");
		assertThat(response.statusCode()).isEqualTo(400);
		assertProblem(response.body(), "name", "1 to 200 characters");
		assertProblem(response.body(), "holdoutPercent", "80.0");
		assertProblem(response.body(), "schedule", "2020-01-01T08:00:00Z");
		assertProblem(response.body(), "variant-2", "B!");
		assertProblem(response.body(), "testPercent", "0.0");
		assertProblem(response.body(), "testLength", "99 days is not between 1 minute and 14 days");
		assertThat(response.body()).contains("value=\"2020-01-01T09:00\"", "value=\"For {{ nobody }}\"");
	}

	@Test
	void acceptsAllSettings() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/campaigns/new").body()).contains("Send-time optimisation window", "Conversion window",
				"name=\"bestHourWithin\" value=\"\"", "name=\"windowLength\" value=\"\"");
		String draft = marketer
			.get(createDraft(marketer, "bestHourWithin", "6", "test", "true", "variant", "a", "subject", "", "variant",
					"b", "subject", "", "variant", "c", "subject", "", "variant", "d", "subject", "", "variant", "e",
					"subject", "", "variant", "f", "subject", "", "metric", "click", "testPercent", "60", "testLength",
					"2", "testUnit", "D", "windowLength", "90", "windowUnit", "M"))
			.body();
		assertThat(draft).contains("within 6 hours",
				"Variants a, b, c, d, e, f · 60 % test group · Clicks within 90 minutes · test duration 2 days");
	}

	@Test
	void sendsToAllAtOnceByDefault() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get(createDraft(marketer, "bestHourWithin", "")).body()).contains("all at once");
	}

	@Test
	void showsErrorsOfDurationsAndKeepsInput() {
		HttpResponse<String> response = as(Role.MARKETER).post("/campaigns", "name", this.name, "template", this.name,
				"segment", this.name, "holdoutPercent", "0", "bestHourWithin", "25", "test", "true", "variant", "a",
				"subject", "", "variant", "b", "subject", "", "variant", "", "subject", "", "variant", "c", "subject",
				"", "variant", "", "subject", "", "variant", "F!", "subject", "", "metric", "click", "testPercent",
				"20", "testLength", "4", "testUnit", "H", "windowLength", "5", "windowUnit", "H");
		assertThat(response.statusCode()).isEqualTo(400);
		assertProblem(response.body(), "bestHourWithin", "25 hours is not between 1 hour and 24 hours");
		assertProblem(response.body(), "windowLength", "5 hours is longer than the test, 4 hours");
		assertProblem(response.body(), "variant-5", "F!");
		assertThat(response.body()).contains("name=\"bestHourWithin\" value=\"25\"",
				"name=\"windowLength\" value=\"5\"", "value=\"F!\"", "<details open");
	}

	@Test
	void refusesDurationsThatAreNotNumbers() {
		HttpResponse<String> response = as(Role.MARKETER).post("/campaigns", "name", this.name, "template", this.name,
				"segment", this.name, "holdoutPercent", "0", "bestHourWithin", "<b>");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body())
			.containsPattern("id=\"hint-bestHourWithin\">\\s*<span class=\"wp-problem\">&#39;&lt;b&gt;");
	}

	@Test
	void refusesChangesOfReadOnlyRoles() {
		String page = createDraft(as(Role.MARKETER));
		Browser reader = as(Role.COMPLIANCE);
		assertThat(reader.get("/campaigns").body()).contains(this.name).doesNotContain("New campaign");
		assertThat(reader.get(page).body()).contains("Estimated reach").doesNotContain("Launch to", "Cancel …");
		assertThat(reader.get("/campaigns/new", "text/html").statusCode()).isEqualTo(403);
		assertThat(reader.get("/campaigns/no-such", "text/html").statusCode()).isEqualTo(404);
		assertThat(reader.post(page + "/launch").statusCode()).isEqualTo(403);
		assertThat(reader.post("/campaigns", "name", "x").statusCode()).isEqualTo(403);
		assertThat(reader.get("/segments/" + this.name).body()).contains(">Live<").doesNotContain("Estimate size");
	}

	@Test
	void showsSegmentsAndMarksSyntaxErrors() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/segments").body()).contains(this.name, "hx-trigger=\"load\"");
		assertThat(marketer.get("/segments?counted=true").body()).contains(this.name, ">3</td>")
			.doesNotContain("hx-trigger=\"load\"");
		assertThat(marketer.get("/segments/" + this.name).body()).contains("<strong>3</strong>", this.name + "-person");
		assertThat(marketer.post("/segments/" + this.name, "definition", "country is DE\r\nadn everyone").body())
			.contains("country is DE\n<mark>adn</mark> everyone", "did you mean");
		assertThat(marketer
			.post("/segments/" + this.name, "definition", "did '%s' and did 'Nothing Like It'".formatted(this.name))
			.body()).contains("Size per condition", "Check definition");
		assertThat(marketer.get("/segments/no-such", "text/html").statusCode()).isEqualTo(404);
	}

	@Test
	void reportsFailedChunks(@Autowired WebApplicationContext waypost) throws Exception {
		CampaignView.LiveView live = new CampaignView.LiveView("some-id",
				new StatusView("sending", "Sending", "busy", ""), null, null, List.of(), 3, 3_000, 1_000,
				List.of(new CampaignView.BarPart("Accepted", "good", 1_000, 0, 33)), "", List.of(),
				new CampaignView.CampaignChunkCounts(3, 1, 2),
				List.of(new JourneyListItem.ElementCount("id", "Chunks done", 2, 2)), List.of());
		assertThat(rendered(waypost, "live(live=${it})", live)).containsPattern("role=\"alert\"><strong>2 chunks")
			.contains("2 chunks have failed", "Cockpit", "2 ×");
	}

	@Test
	void showsLift(@Autowired WebApplicationContext waypost) throws Exception {
		Interval orders = new Interval(12, 96);
		Interval revenue = new Interval(-150, 2_400);
		ExperimentResults seen = new ExperimentResults("e", 1, 1, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 0,
				Instant.EPOCH, GoalMetric.CONVERSION, List.of(arm("a", null), arm("b", new Interval(-0.01, 0.04))),
				0.0001,
				new Lift(Assignment.AssignmentRole.HOLDOUT, 9_500, 500, new Lift.IncrementalTotal(54, orders, true),
						new Lift.IncrementalTotal(1_100, revenue, false), true, 80, "Additional orders: 54."),
				new ExperimentVerdict(ExperimentDecision.REVIEW, "a", "Uneven."), List.of());
		assertThat(rendered(waypost, "results(id='some-id',results=${it},changing=true)",
				new ExperimentResultsAssembler(this.labels).view(seen)))
			.contains("Sample ratio mismatch", "+1.50 points", "confidence interval -1.00 points to +4.00 points",
					"Additional orders: 54.", "confidence interval +12 to +96", "confidence interval -150 to +2,400",
					"beyond margin, significant", "9,500 recipients vs 500 profiles")
			.containsPattern("<rect[^>]*class=\"wp-fill-good\"")
			.doesNotContain("hx-trigger");
	}

	private static ExperimentArmResult arm(String name, Interval interval) {
		return new ExperimentArmResult(name, 0.5, 100, 90, 9, 0.1, 0.5,
				(interval != null) ? new ExperimentArmResult.ArmComparison(0.015, interval, 0.15, null, 0.4) : null,
				List.of(new ExperimentArmResult.GuardrailMetricResult(GuardrailMetric.BOUNCE, 3, 0.03, 0.01,
						ExperimentArmResult.GuardrailMetricResult.GuardrailState.BROKEN)));
	}

	/** Renders a fragment for a state that takes long to reach. */
	private static String rendered(WebApplicationContext waypost, String part, Object it) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(waypost.getServletContext());
		request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, waypost);
		MockHttpServletResponse response = new MockHttpServletResponse();
		waypost.getBean(ThymeleafViewResolver.class)
			.resolveViewName("console/campaign-parts :: " + part, Locale.ENGLISH)
			.render(Map.of("it", it), request, response);
		return response.getContentAsString();
	}

	private String createDraft(Browser marketer, String... more) {
		String[] fields = { "name", this.name, "template", this.name, "segment", this.name, "holdoutPercent", "0" };
		String[] all = Stream.of(fields, more).flatMap(Arrays::stream).toArray(String[]::new);
		return leadsTo(marketer.post("/campaigns", all));
	}

	private static String await(Browser browser, String page, String text) {
		return Awaitility.await(text)
			.atMost(Duration.ofSeconds(40))
			.until(() -> browser.get(page).body(), (body) -> body.contains(text));
	}

	private Browser as(Role role) {
		return Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(role));
	}

	private void person(boolean consent) {
		person(consent, ZONE_AT_NOON);
	}

	private void person(boolean consent, String zone) {
		String user = this.name + "-person-" + UUID.randomUUID();
		TestSource.of(this.port).send("identify", """
				{"userId":"%s","traits":{"email":"%s@example.com","firstName":"Ada","timezone":"%s"},
				"context":{"consent":{"categoryPreferences":{"marketing":%s}}}}
				""".formatted(user, user, zone, consent));
		TestSource.of(this.port).send("track", "{\"userId\":\"%s\",\"event\":\"%s\"}".formatted(user, this.name));
	}

	private static String zoneAt(int hour) {
		int east = Math.floorMod(hour - Instant.now().atOffset(ZoneOffset.UTC).getHour() + 11, 24) - 11;
		return (east == 0) ? "Etc/GMT" : "Etc/GMT%+d".formatted(-east);
	}

}
