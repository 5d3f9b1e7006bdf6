package io.waypost.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Who approved a live version first stays known when it is approved again. */
@WaypostTest
class FirstApproverIntegrationTests {

	private PublicApi author;

	private PublicApi first;

	private PublicApi second;

	@Autowired
	private Ledger ledger;

	private final String key = "f" + UUID.randomUUID().toString().substring(0, 8);

	@BeforeEach
	void connect(@LocalServerPort int port) {
		PublicApi api = PublicApi.on(port);
		this.author = api.as(TestTenant.token(Role.MARKETER));
		this.first = api.as(TestTenant.token(Role.ADMIN));
		this.second = api;
	}

	@Test
	void keepsTheFirstApproverOfASegment() {
		segment();
		JsonNode approved = approve(this.first, "segments", 1).expect(200).json();
		assertThat(approved.path("approvedBy").asText()).contains(TestTenant.token(Role.ADMIN));
		approve(this.second, "segments", 1).expect(200, 409);
		approve(this.author, "segments", 1).expect(200, 403, 409);
		assertThat(version("segments")).isEqualTo(approved);
	}

	@Test
	void keepsTheFirstApproverOfASegmentWhenManyApproveAtOnce() throws Exception {
		segment();
		List<Callable<Reply>> approvals = new ArrayList<>();
		for (int time = 0; time < 4; time++) {
			approvals.add(() -> approve(this.first, "segments", 1));
			approvals.add(() -> approve(this.second, "segments", 1));
		}
		List<String> approvers = new ArrayList<>();
		try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
			for (Future<Reply> reply : executor.invokeAll(approvals)) {
				assertThat(reply.get().status()).isLessThan(500);
				if (reply.get().status() == 200) {
					approvers.add(reply.get().json().path("approvedBy").asText() + " "
							+ reply.get().json().path("approvedAt").asText());
				}
			}
		}
		assertThat(approvers).isNotEmpty().containsOnly(approvers.getFirst());
		assertThat(
				version("segments").path("approvedBy").asText() + " " + version("segments").path("approvedAt").asText())
			.isEqualTo(approvers.getFirst());
	}

	@Test
	void keepsTheFirstApproverOfALiveSegmentVersionBesideANewerDraft() {
		segment();
		JsonNode approved = approve(this.first, "segments", 1).expect(200).json();
		segment();
		approve(this.second, "segments", 1).expect(200, 409);
		for (JsonNode version : versions("segments")) {
			if (version.path("version").asInt() == 1) {
				assertThat(version).isEqualTo(approved);
			}
		}
	}

	@Test
	void keepsTheFirstApprovalOfAnExperiment() {
		experiment();
		JsonNode approved = approve(this.first, "experiments", 1).expect(200).json();
		Reply again = approve(this.second, "experiments", 1).expect(200, 409);
		if (again.status() == 200) {
			assertThat(again.json()).isEqualTo(approved);
		}
		assertThat(version("experiments")).isEqualTo(approved);
	}

	@Test
	void namesTheApproverOfAnExperiment() {
		experiment();
		JsonNode approved = approve(this.first, "experiments", 1).expect(200).json();
		assertThat(approved.path("approvedBy").asText()).contains(TestTenant.token(Role.ADMIN));
		approve(this.second, "experiments", 1).expect(200, 409);
		assertThat(version("experiments").path("approvedBy").asText()).contains(TestTenant.token(Role.ADMIN));
	}

	@Test
	void startsNoNewPhaseWhenALiveExperimentIsApprovedAgain() {
		experiment();
		approve(this.first, "experiments", 1).expect(200);
		JsonNode before = this.first.read("/api/v1/experiments/" + this.key);
		approve(this.second, "experiments", 1).expect(200, 409);
		JsonNode after = this.first.read("/api/v1/experiments/" + this.key);
		assertThat(after.path("startedAt")).isEqualTo(before.path("startedAt"));
		assertThat(after.path("phase")).isEqualTo(before.path("phase"));
		assertThat(after.path("deadlineAt")).isEqualTo(before.path("deadlineAt"));
	}

	@Test
	void recordsTheFirstApprovalOfAnExperimentWithItsActor() {
		experiment();
		approve(this.first, "experiments", 1).expect(200);
		approve(this.second, "experiments", 1).expect(200, 409);
		assertThat(this.ledger.findBySubject(TestTenant.ID, "experiment:" + this.key))
			.filteredOn((entry) -> entry.kind().endsWith("approved"))
			.first()
			.extracting(LedgerEntry::actor)
			.asString()
			.contains(TestTenant.token(Role.ADMIN));
	}

	@Test
	void keepsTheFirstApproverOfATemplate() {
		PublicShop.open(this.second);
		this.author.post("/api/v1/templates", """
				{"key":"%s","topic":"marketing","locale":"en","subject":"Hello"}""".formatted(this.key)).expect(201);
		approve(this.first, "templates", 1).expect(200);
		JsonNode before = this.first.read("/api/v1/templates/" + this.key).at("/versions/0");
		assertThat(before.path("approvedBy").asText()).contains(TestTenant.token(Role.ADMIN));
		approve(this.second, "templates", 1).expect(200, 409);
		assertThat(this.first.read("/api/v1/templates/" + this.key).at("/versions/0")).isEqualTo(before);
	}

	private void segment() {
		this.author.post("/api/v1/segments", """
				{"name":"%s","description":"All","owner":"growth","definition":"everyone"}""".formatted(this.key))
			.expect(201);
	}

	private void experiment() {
		this.author.post("/api/v1/experiments", """
				{"key":"%s","owner":"anna","arms":[{"key":"plain"},{"key":"warm"}]}""".formatted(this.key)).expect(201);
	}

	private Reply approve(PublicApi who, String resource, int version) {
		return who.post("/api/v1/%s/%s/versions/%d/approve".formatted(resource, this.key, version), "");
	}

	private JsonNode version(String resource) {
		return versions(resource).getFirst();
	}

	private List<JsonNode> versions(String resource) {
		List<JsonNode> found = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = this.first.read("/api/v1/%s?limit=200%s".formatted(resource, cursor));
			for (JsonNode item : page.path("items")) {
				if (this.key.equals(item.path("name").asText())
						|| this.key.equals(item.at("/definition/key").asText())) {
					found.add(item);
				}
			}
			cursor = page.path("nextCursor").isTextual() ? "&cursor=" + page.path("nextCursor").asText() : "";
		}
		while (!cursor.isEmpty());
		return found;
	}

}
