package io.waypost.journey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A modeler changes one file and deploys it alone over REST. Each test puts the shipped
 * model back, because the context is shared.
 */
@WaypostTest
class ChangedModelsIntegrationTests {

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private Ledger ledger;

	private Shop shop;

	@BeforeEach
	void openShop(@Autowired ApplicationContext waypost) {
		this.shop = Shop.in(waypost, this.http);
	}

	@Test
	void usesAJourneyDeployedAloneForTheNextCart() throws Exception {
		String waiting = this.shop.customer();
		this.shop.fillCart(waiting, "cart-of-" + waiting);
		Map<String, Object> before = this.shop.awaitRun(waiting, "running");
		String shipped = Files.readString(Path.of("processes", "cart-abandonment.bpmn"));
		String changed = shipped.replace("name=\"Purchase completed\"", "name=\"Purchase made\"");
		assertThat(changed).isNotEqualTo(shipped);
		try {
			assertDeployed("cart-abandonment.bpmn", changed);
			assertThat(outcomeOf(cart())).isEqualTo("Purchase made");
			assertThat(before.get("status")).isEqualTo("running");
			assertThat(outcomeOf(waiting)).as("of the run that waited already").isEqualTo("Purchase completed");
		}
		finally {
			assertDeployed("cart-abandonment.bpmn", shipped);
		}
		assertThat(outcomeOf(cart())).isEqualTo("Purchase completed");
	}

	@Test
	void usesANewMessageProcessInWaitingJourneys() throws Exception {
		String waiting = cart();
		String form = Files.readString(Path.of("forms", "review-content.form"));
		String shipped = Files.readString(Path.of("processes", "personalised-message.bpmn"));
		String changed = shipped.replace("endEvent_MessageQueued", "endEvent_MessageQueuedLater");
		assertThat(changed).isNotEqualTo(shipped);
		try {
			assertDeployed("personalised-message.bpmn", changed, "review-content.form", form);
			assertThat(outcomeOf(waiting)).isEqualTo("Purchase completed");
			assertThat(passed(waiting)).contains("endEvent_MessageQueuedLater");
		}
		finally {
			assertDeployed("personalised-message.bpmn", shipped, "review-content.form", form);
		}
	}

	@Test
	void keepsDeployedJourneysWhenANewMessageProcessIsRefused() throws Exception {
		String shipped = Files.readString(Path.of("processes", "personalised-message.bpmn"));
		String unsafe = shipped.replace("${guardrailAgent}", "${throttlingCheck}");
		ResponseEntity<JsonNode> answer = deploy(Role.MODELER, "personalised-message.bpmn", unsafe,
				"review-content.form", Files.readString(Path.of("forms", "review-content.form")));
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody().toString()).contains("serviceTask_QueueSend", "guardrailAgent");
		String user = cart();
		assertThat(outcomeOf(user)).isEqualTo("Purchase completed");
		assertThat(passed(user)).contains("serviceTask_InspectContent", "endEvent_MessageQueued");
	}

	@Test
	void refusesTheMessageProcessWithoutTheFormOfItsTask() throws Exception {
		ResponseEntity<JsonNode> answer = deploy(Role.MODELER, "personalised-message.bpmn",
				Files.readString(Path.of("processes", "personalised-message.bpmn")));
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody().toString()).contains("userTask_ReviewContent", "review-content");
	}

	@Test
	void usesAChangedTableForTheNextEvent() throws Exception {
		String shipped = Files.readString(Path.of("dmn", "trigger-rules.dmn"));
		String changed = shipped.replace("<text>\"Signed Up\"</text>", "<text>\"Joined The Club\"</text>");
		assertThat(changed).isNotEqualTo(shipped);
		String early = this.shop.customer();
		this.shop.track(early, "Joined The Club", "{}");
		assertThat(this.shop.runs(early)).isEmpty();
		try {
			assertDeployed("trigger-rules.dmn", changed);
			String user = this.shop.customer();
			this.shop.track(user, "Signed Up", "{}");
			assertThat(this.shop.runs(user)).isEmpty();
			this.shop.track(user, "Joined The Club", "{}");
			assertThat(this.shop.runs(user)).singleElement()
				.satisfies((run) -> assertThat(run.get("journey")).isEqualTo("welcome"));
		}
		finally {
			assertDeployed("trigger-rules.dmn", shipped);
		}
		String user = this.shop.customer();
		this.shop.track(user, "Signed Up", "{}");
		assertThat(this.shop.runs(user)).hasSize(1);
	}

	@Test
	void recordsWhoDeployedWhichModel() throws Exception {
		String deployment = assertDeployed("milestone.bpmn", Files.readString(Path.of("processes", "milestone.bpmn")),
				"fallback.dmn", Files.readString(Path.of("dmn", "fallback.dmn")));
		assertThat(this.ledger.findBySubject(TestTenant.ID, "journey:milestone")).last().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo("journey.deployed");
			assertThat(entry.actor()).isEqualTo("token:" + TestTenant.token(Role.MODELER));
			assertThat(entry.facts()).containsEntry("deployment", deployment)
				.containsEntry("version", newest("milestone"));
		});
		assertThat(this.ledger.findBySubject(TestTenant.ID, "table:fallback")).last()
			.satisfies((entry) -> assertThat(entry.facts()).containsEntry("deployment", deployment));
		List<LedgerEntry> before = this.ledger.findBySubject(TestTenant.ID, "journey:milestone");
		assertThat(deploy(Role.MARKETER, "milestone.bpmn", "<x/>").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(this.ledger.findBySubject(TestTenant.ID, "journey:milestone")).hasSameSizeAs(before);
	}

	private int newest(String key) {
		return this.engine.getRepositoryService()
			.createProcessDefinitionQuery()
			.processDefinitionKey(key)
			.tenantIdIn(TestTenant.ID.value())
			.latestVersion()
			.singleResult()
			.getVersion();
	}

	/** A customer with a cart whose journey waits. */
	private String cart() {
		String user = this.shop.customer();
		this.shop.fillCart(user, "cart-of-" + user);
		this.shop.awaitRun(user, "running");
		return user;
	}

	private String outcomeOf(String user) {
		this.shop.passTime(this.shop.runs(user).getLast().get("process_instance_id").toString());
		this.shop.order(user, "cart-of-" + user);
		return this.shop.awaitRun(user, "ended").get("outcome").toString();
	}

	private List<String> passed(String user) {
		return this.engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(this.shop.runs(user).getLast().get("id").toString())
			.processDefinitionKey("personalised-message")
			.list()
			.stream()
			.flatMap((message) -> this.engine.getHistoryService()
				.createHistoricActivityInstanceQuery()
				.processInstanceId(message.getId())
				.list()
				.stream())
			.map((activity) -> activity.getActivityId())
			.toList();
	}

	private String assertDeployed(String... namesAndContents) {
		ResponseEntity<JsonNode> answer = deploy(Role.MODELER, namesAndContents);
		assertThat(answer.getStatusCode()).as(String.valueOf(answer.getBody())).isEqualTo(HttpStatus.OK);
		return answer.getBody().path("id").asText();
	}

	private ResponseEntity<JsonNode> deploy(Role role, String... namesAndContents) {
		MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
		parts.add("deployment-name", "changed");
		for (int index = 0; index < namesAndContents.length; index += 2) {
			parts.add("file" + index, file(namesAndContents[index], namesAndContents[index + 1]));
		}
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.MULTIPART_FORM_DATA);
		headers.setBearerAuth(TestTenant.token(role));
		return this.http.exchange("/engine-rest/deployment/create", HttpMethod.POST, new HttpEntity<>(parts, headers),
				JsonNode.class);
	}

	private static ByteArrayResource file(String name, String content) {
		return new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return name;
			}

		};
	}

}
