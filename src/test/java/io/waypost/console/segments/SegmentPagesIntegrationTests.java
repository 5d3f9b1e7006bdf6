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

/** How segments are written, counted, kept and put in force in the console. */
@WaypostTest
class SegmentPagesIntegrationTests {

	private static final String OPEN_FORM = "<details[^>]* id=\"new\" open=";

	private final String name = "words-" + UUID.randomUUID().toString().substring(0, 8);

	private final String everybody = "did '%s'".formatted(this.name);

	private final String oneOfThem = this.everybody + " and country is AT";

	@LocalServerPort
	private int port;

	@Autowired
	private Segments segments;

	@BeforeEach
	void letTwoPeopleIn() {
		person("ada", "AT");
		person("bea", "DE");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.segments.count(TestTenant.ID, List.of(this.everybody, this.oneOfThem))
				.equals(List.of(2L, 1L)));
	}

	@Test
	void leadsFromACountToASegmentThatCampaignsCanUse() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/segments").body()).contains("New segment", "What can be asked");
		HttpResponse<String> counted = marketer.post("/segments", "count", "true", "name", this.name, "description",
				"Tea drinkers", "owner", "", "definition", this.oneOfThem);
		assertThat(counted.statusCode()).isEqualTo(200);
		assertThat(counted.body())
			.contains("<strong>1</strong>", this.name + "-ada", "value=\"Tea drinkers\"", "value=\"" + this.name + "\"",
					"Each condition by itself")
			.containsPattern(OPEN_FORM);
		assertThat(this.segments.find(TestTenant.ID, this.name)).isEmpty();
		String page = leadsTo(marketer.post("/segments", "name", this.name, "description", "Tea drinkers", "owner", "",
				"definition", this.oneOfThem));
		assertThat(page).isEqualTo("/segments/%s?version=1".formatted(this.name));
		assertThat(this.segments.find(TestTenant.ID, this.name)).hasValueSatisfying((segment) -> {
			assertThat(segment.owner()).isEqualTo(TestTenant.user(Role.MARKETER));
			assertThat(segment.createdBy()).isEqualTo("user:" + TestTenant.user(Role.MARKETER));
			assertThat(segment.live()).isFalse();
		});
		assertThat(marketer.get(page).body()).contains("Version 1 is added", "Not approved", "Approve this version",
				"<strong>1</strong>");
		assertThat(marketer.get("/campaigns/new").body()).doesNotContain(this.name);
		assertThat(marketer.get(page).body()).contains("You wrote it, so somebody else")
			.doesNotContain("/versions/1/approve");
		approve(marketer, 1);
		assertThat(marketer.get(page).body()).contains("another editor or an administrator has to approve it");
		Browser editor = as(Role.ADMIN);
		approve(editor, 1);
		assertThat(editor.get("/segments/" + this.name).body())
			.contains("Version 1 is in force", ">In force</span>", "approved by <span>" + TestTenant.user(Role.ADMIN))
			.doesNotContain("Approve version 1");
		assertThat(marketer.get("/campaigns/new").body()).contains(this.name + ": Tea drinkers");
	}

	@Test
	void keepsTheVersionInForceUntilTheNextIsApproved() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.oneOfThem);
		Browser editor = as(Role.ADMIN);
		approve(editor, 1);
		String page = leadsTo(marketer.post("/segments/" + this.name + "/versions", "description", "All of them",
				"owner", "tea@shop.example", "definition", this.everybody));
		assertThat(page).isEqualTo("/segments/%s?version=2".formatted(this.name));
		assertThat(editor.get(page).body()).contains("All of them", "Approve version 2", "tea@shop.example",
				"2 people instead of 1", "<strong>2</strong>");
		assertThat(marketer.get("/segments/" + this.name).body()).contains("<strong>1</strong>", "A few of them");
		String waiting = "/segments/%s?version=2\">version 2 waits".formatted(this.name);
		assertThat(marketer.get("/segments").body()).contains(waiting);
		assertThat(live()).isEqualTo(1);
		approve(editor, 2);
		assertThat(marketer.get("/segments/" + this.name).body()).contains("All of them", "In force before");
		assertThat(marketer.get("/segments").body()).doesNotContain(waiting);
		assertThat(live()).isEqualTo(2);
		assertThat(editor.get("/segments/%s?version=1".formatted(this.name)).body()).contains("Approve version 1",
				"1 person instead of 2");
		approve(editor, 1);
		assertThat(live()).isEqualTo(1);
	}

	@Test
	void takesASegmentOutOfUseAndBack() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.everybody);
		Browser editor = as(Role.ADMIN);
		approve(editor, 1);
		String page = "/segments/" + this.name;
		assertThat(marketer.get(page).body()).contains("Retire this segment").doesNotContain("Retired on");
		assertThat(as(Role.COMPLIANCE).post(page + "/retire").statusCode()).isEqualTo(403);
		leadsTo(marketer.post(page + "/retire"));
		assertThat(marketer.get(page).body()).contains("It is retired.", "Retired on <time", ">In force</span>")
			.doesNotContain("Retire this segment");
		assertThat(marketer.get("/segments").body()).contains(this.name, ">retired</span>");
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
	void saysEverythingThatIsWrongAtOnce() {
		Browser marketer = as(Role.MARKETER);
		HttpResponse<String> answer = marketer.post("/segments", "name", "Bad Name", "description", " ", "owner",
				"<me>", "definition", "country is DE\r\nadn everyone");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertProblem(answer.body(), "name", "Bad Name");
		assertProblem(answer.body(), "description", "is missing");
		assertThat(answer.body())
			.contains("country is DE\n<mark>adn</mark> everyone", "did you mean", "value=\"&lt;me&gt;\"",
					"value=\"Bad Name\"")
			.containsPattern(OPEN_FORM);
		assertThat(marketer.get("/segments").body()).doesNotContain("Bad Name");
	}

	@Test
	void pointsAtThePlaceWhereOnlyTheDefinitionIsWrong() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.everybody);
		HttpResponse<String> answer = marketer.post("/segments/" + this.name + "/versions", "description", "Better",
				"owner", "", "definition", "everyone and in segment no-such-thing");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("<mark>no-such-thing</mark>", "; existing segments: ", "value=\"Better\"",
				"was not added");
		assertThat(this.segments.versions(TestTenant.ID, this.name)).hasSize(1);
		HttpResponse<String> empty = marketer.post("/segments/" + this.name + "/versions", "description", "Better",
				"definition", "");
		assertThat(empty.statusCode()).isEqualTo(400);
		assertThat(empty.body()).contains("is missing");
	}

	@Test
	void refusesASegmentThatLeadsBackToItself() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.everybody);
		HttpResponse<String> answer = marketer.post("/segments/" + this.name + "/versions", "description", "Circle",
				"definition", "in segment " + this.name);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("refers to itself");
		assertThat(this.segments.versions(TestTenant.ID, this.name)).hasSize(1);
	}

	@Test
	void countsWhileSomebodyTypes() {
		Browser marketer = as(Role.MARKETER);
		assertThat(marketer.get("/segments").body()).contains("hx-post=\"/segments?count=true\"");
		HttpResponse<String> answer = marketer.swap("/segments?count=true", "definition", this.everybody);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("<strong>2</strong>").doesNotContain("<html", "<textarea");
		assertThat(marketer.swap("/segments?count=true", "definition", this.everybody + " adn").body())
			.contains("<mark>adn</mark>");
	}

	@Test
	void letsReadersReadAndNothingElse() {
		add(as(Role.MARKETER), this.everybody);
		Browser reader = as(Role.COMPLIANCE);
		assertThat(reader.get("/segments").body()).contains(this.name).doesNotContain("New segment");
		assertThat(reader.get("/segments/%s?version=1".formatted(this.name)).body()).contains("<strong>2</strong>")
			.doesNotContain("Approve version 1", "Add version", "<textarea");
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
	void knowsNoOtherNamesAndNumbers() {
		Browser marketer = as(Role.MARKETER);
		add(marketer, this.everybody);
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
