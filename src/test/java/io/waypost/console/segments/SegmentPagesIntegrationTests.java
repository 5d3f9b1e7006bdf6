package io.waypost.console.segments;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.audience.Segment;
import io.waypost.audience.Segments;
import io.waypost.testing.Browser;
import io.waypost.testing.TestSource;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static io.waypost.console.FormResponses.assertProblem;
import static io.waypost.console.FormResponses.leadsTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Segment pages: create, estimate, approve and retire. */
@WaypostTest
class SegmentPagesIntegrationTests {

	private static final String OPEN_FORM = "<details[^>]* id=\"new\" open=";

	private final String name = "pages-" + UUID.randomUUID().toString().substring(0, 8);

	private final String all = "did '%s'".formatted(this.name);

	private final String austrians = this.all + " and country is AT";

	@LocalServerPort
	private int port;

	@Autowired
	private Segments segments;

	@BeforeEach
	void createTwoProfiles() {
		person("ada", "AT");
		person("bea", "DE");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.segments.count(TestTenant.ID, List.of(this.all, this.austrians)).equals(List.of(2L, 1L)));
	}

	@Test
	void createsSegmentForCampaigns() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/segments").body()).contains("New segment", "Syntax help");
		HttpResponse<String> counted = marketer.post("/segments", "count", "true", "name", this.name, "description",
				"Tea drinkers", "owner", "", "definition", this.austrians);
		assertThat(counted.statusCode()).isEqualTo(200);
		assertThat(counted.body())
			.contains("<strong>1</strong>", this.name + "-ada", "value=\"Tea drinkers\"", "value=\"" + this.name + "\"",
					"Size per condition")
			.containsPattern(OPEN_FORM);
		assertThat(this.segments.find(TestTenant.ID, this.name)).isEmpty();
		String page = leadsTo(marketer.post("/segments", "name", this.name, "description", "Tea drinkers", "owner", "",
				"definition", this.austrians));
		assertThat(page).isEqualTo("/segments/%s?version=1".formatted(this.name));
		assertThat(this.segments.find(TestTenant.ID, this.name)).hasValueSatisfying((segment) -> {
			assertThat(segment.owner()).isEqualTo(TestTenant.user(Role.MARKETER));
			assertThat(segment.createdBy()).isEqualTo("user:" + TestTenant.user(Role.MARKETER));
			assertThat(segment.live()).isFalse();
		});
		assertThat(marketer.get(page).body()).contains("Version 1 saved", "Not approved", "Approve this version",
				"<strong>1</strong>");
		assertThat(marketer.get("/campaigns/new").body()).doesNotContain(this.name);
		assertThat(marketer.get(page).body()).contains("Another user has to approve the version")
			.doesNotContain("/versions/1/approve");
		approve(marketer, 1);
		assertThat(marketer.get(page).body()).contains("another editor or an administrator has to approve it");
		Browser editor = as(Role.ADMIN);
		approve(editor, 1);
		assertThat(editor.get("/segments/" + this.name).body())
			.contains("Version 1 is live", ">Live</span>", "approved by " + TestTenant.user(Role.ADMIN))
			.doesNotContain("Approve version 1");
		assertThat(marketer.get("/campaigns/new").body()).contains(this.name + ": Tea drinkers");
	}

	@Test
	void keepsLiveVersionUntilNextIsApproved() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.austrians);
		Browser editor = as(Role.ADMIN);
		approve(editor, 1);
		String page = leadsTo(marketer.post("/segments/" + this.name + "/versions", "description", "All of them",
				"owner", "tea@shop.example", "definition", this.all));
		assertThat(page).isEqualTo("/segments/%s?version=2".formatted(this.name));
		assertThat(editor.get(page).body()).contains("All of them", "Approve version 2", "tea@shop.example",
				"2 profiles (live version: 1)", "<strong>2</strong>");
		assertThat(marketer.get("/segments/" + this.name).body()).contains("<strong>1</strong>", "A few of them");
		String waiting = "/segments/%s?version=2\">Version 2 needs approval".formatted(this.name);
		assertThat(marketer.get("/segments").body()).contains(waiting);
		assertThat(live()).isEqualTo(1);
		approve(editor, 2);
		assertThat(marketer.get("/segments/" + this.name).body()).contains("All of them", "Superseded");
		assertThat(marketer.get("/segments").body()).doesNotContain(waiting);
		assertThat(live()).isEqualTo(2);
		assertThat(editor.get("/segments/%s?version=1".formatted(this.name)).body()).contains("Approve version 1",
				"1 profile (live version: 2)");
		approve(editor, 1);
		assertThat(live()).isEqualTo(1);
	}

	@Test
	void retiresAndRestoresSegment() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.all);
		Browser editor = as(Role.ADMIN);
		approve(editor, 1);
		String page = "/segments/" + this.name;
		assertThat(marketer.get(page).body()).contains("Retire segment").doesNotContain("Retired on");
		assertThat(as(Role.COMPLIANCE).post(page + "/retire").statusCode()).isEqualTo(403);
		leadsTo(marketer.post(page + "/retire"));
		assertThat(marketer.get(page).body()).contains("Segment retired.", "Retired on <time", ">Live</span>")
			.doesNotContain("Retire segment");
		assertThat(marketer.get("/segments").body()).contains(this.name, ">Retired</span>");
		assertThat(marketer.get("/campaigns/new").body()).doesNotContain(this.name);
		HttpResponse<String> refused = marketer.post("/segments", "name", this.name + "-2", "description", "x",
				"definition", "country is DE and in segment " + this.name);
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("is retired", "<mark>" + this.name + "</mark>");
		assertThat(editor.get(page).body()).contains("Approve version 1");
		approve(editor, 1);
		assertThat(marketer.get(page).body()).doesNotContain("Retired on");
		assertThat(marketer.get("/campaigns/new").body()).contains(this.name);
	}

	@Test
	void showsAllErrors() {
		Browser marketer = as(Role.MARKETER);
		HttpResponse<String> response = marketer.post("/segments", "name", "Bad Name", "description", " ", "owner",
				"<me>", "definition", "country is DE\r\nadn everyone");
		assertThat(response.statusCode()).isEqualTo(400);
		assertProblem(response.body(), "name", "Bad Name");
		assertProblem(response.body(), "description", "is missing");
		assertThat(response.body())
			.contains("country is DE\n<mark>adn</mark> everyone", "did you mean", "value=\"&lt;me&gt;\"",
					"value=\"Bad Name\"")
			.containsPattern(OPEN_FORM);
		assertThat(marketer.get("/segments").body()).doesNotContain("Bad Name");
	}

	@Test
	void marksErrorInDefinition() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.all);
		HttpResponse<String> response = marketer.post("/segments/" + this.name + "/versions", "description", "Better",
				"owner", "", "definition", "everyone and in segment no-such-thing");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("<mark>no-such-thing</mark>", "; existing segments: ", "value=\"Better\"",
				"Not saved");
		assertThat(this.segments.versions(TestTenant.ID, this.name)).hasSize(1);
		HttpResponse<String> empty = marketer.post("/segments/" + this.name + "/versions", "description", "Better",
				"definition", "");
		assertThat(empty.statusCode()).isEqualTo(400);
		assertThat(empty.body()).contains("is missing");
	}

	@Test
	void refusesCircularSegment() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.all);
		HttpResponse<String> response = marketer.post("/segments/" + this.name + "/versions", "description", "Circle",
				"definition", "in segment " + this.name);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("refers to itself");
		assertThat(this.segments.versions(TestTenant.ID, this.name)).hasSize(1);
	}

	@Test
	void estimatesSizeWhileTyping() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/segments").body()).contains("hx-post=\"/segments?count=true\"");
		HttpResponse<String> response = marketer.swap("/segments?count=true", "definition", this.all);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("<strong>2</strong>").doesNotContain("<html", "<textarea");
		assertThat(marketer.swap("/segments?count=true", "definition", this.all + " adn").body())
			.contains("<mark>adn</mark>");
	}

	@Test
	void refusesChangesOfReadOnlyRoles() {
		add(as(Role.MARKETER), this.all);
		Browser reader = as(Role.COMPLIANCE);
		assertThat(reader.get("/segments").body()).contains(this.name).doesNotContain("New segment");
		assertThat(reader.get("/segments/%s?version=1".formatted(this.name)).body()).contains("<strong>2</strong>")
			.doesNotContain("Approve version 1", "Save version", "<textarea");
		assertThat(
				reader.post("/segments", "name", this.name, "description", "x", "definition", "everyone").statusCode())
			.isEqualTo(403);
		assertThat(reader.post("/segments", "count", "true", "definition", "everyone").statusCode()).isEqualTo(403);
		assertThat(reader.swap("/segments?count=true", "definition", "everyone").statusCode()).isEqualTo(403);
		assertThat(reader.post("/segments/" + this.name + "/versions", "description", "x", "definition", "everyone")
			.statusCode()).isEqualTo(403);
		assertThat(reader.post("/segments/" + this.name + "/versions/1/approve").statusCode()).isEqualTo(403);
		assertThat(this.segments.versions(TestTenant.ID, this.name)).hasSize(1).noneMatch(Segment::live);
	}

	@Test
	void answersNotFoundForUnknownSegmentsAndVersions() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.all);
		assertThat(marketer.get("/segments/%s?version=2".formatted(this.name), "text/html").statusCode())
			.isEqualTo(404);
		assertThat(marketer.post("/segments/" + this.name + "/versions/2/approve").statusCode()).isEqualTo(404);
		assertThat(
				marketer.post("/segments/no-such/versions", "description", "x", "definition", "everyone").statusCode())
			.isEqualTo(404);
		assertThat(this.segments.find(TestTenant.ID, "no-such")).isEmpty();
	}

	private void add(Browser marketer, String definition) {
		leadsTo(marketer.post("/segments", "name", this.name, "description", "A few of them", "owner", "", "definition",
				definition));
	}

	private void approve(Browser marketer, int version) {
		leadsTo(marketer.post("/segments/%s/versions/%d/approve".formatted(this.name, version)));
	}

	private int live() {
		return this.segments.find(TestTenant.ID, this.name).filter(Segment::live).orElseThrow().version();
	}

	private Browser as(Role role) {
		return Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(role));
	}

	private void person(String who, String country) {
		String user = this.name + "-" + who;
		TestSource.of(this.port).send("identify", """
				{"userId":"%s","traits":{"email":"%s@example.com","address":{"country":"%s"}}}
				""".formatted(user, user, country));
		TestSource.of(this.port).send("track", "{\"userId\":\"%s\",\"event\":\"%s\"}".formatted(user, this.name));
	}

}
