package io.waypost.journey;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.ModelRequest;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.ScriptedModels;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Copy of language models, from the request to the e-mail. */
@WaypostTest
class GeneratedCopyIntegrationTests {

	private static final int MEMBERS = 3;

	private static final List<Map<String, Object>> GOOD = List.of(
			copy("${item} and what goes with it", "From our shelf of ${category}, at ${price}",
					"Have a look at the ${item}",
					List.of("You get this e-mail because we picked something from ${category} for you. The ${item} is"
							+ " the one we would begin with.",
							"It costs ${price}. On its page you find pictures and all the details, so you can see"
									+ " whether it suits your home."),
					"See the ${item}"),
			copy("A closer look at ${category}", "It begins with the ${item} for ${price}", "Picked from ${category}",
					List.of("We went through ${category} and picked something for you: the ${item} and what goes with it.",
							"It is ${price}, and its page shows it from every side. Have a look at your leisure."),
					"View the ${item}"));

	private static final Map<String, Object> PLAIN = copy("The ${item}, shown from every side",
			"At ${price}, with pictures and details", "Have a look at the ${item}",
			List.of("You get this e-mail because we picked something from our shop for you. We would begin with the ${item}.",
					"It costs ${price}. Its page shows it from every side, so you can see whether it suits your home."),
			"See the ${item}");

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	@Autowired
	private ScriptedModels models;

	@Autowired
	private OutboundCheck outboundCheck;

	private PublicApi api;

	private PublicShop shop;

	private int people;

	@BeforeEach
	void openShop(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
		List<String> products = new ArrayList<>();
		for (String name : List.of("Basil", "Thyme", "Dill")) {
			products.add("""
					{"id":"%1$s-%2$s","name":"%1$s pot %2$s","category":"Herbs %2$s","price":3.5,"currency":"EUR",
					"url":"https://shop.example/%1$s","popularity":3}""".formatted(name, this.mark));
		}
		this.api.post("/api/v1/catalog/items", products.toString()).expect(201);
	}

	@AfterEach
	void removeModels() {
		this.models.remove(TestTenant.ID);
	}

	@Test
	void writesACampaignWithCopyOfAModelThatKnowsNobody() {
		this.models.script(TestTenant.ID, judged(GOOD));
		JsonNode send = this.shopSend(launch());
		JsonNode explanation = this.api.read("/api/v1/sends/" + send.path("id").asText()).path("explanation");
		assertThat(explanation.at("/variant/writer").asText()).as(explanation.toPrettyString()).isEqualTo("model");
		assertThat(explanation.at("/versions/prompt").asText()).isEqualTo("write-email@1");
		assertThat(explanation.at("/versions/model").asText()).isEqualTo("scripted/test-model");
		assertThat(explanation.at("/variant/model/calls").size()).as("one answer and two judgements").isEqualTo(3);
		String text = this.api.read("/api/v1/sends/" + send.path("id").asText() + "/content").path("text").asText();
		assertThat(text).contains("pot " + this.mark, "€3.50", "Herbs " + this.mark).doesNotContain("${");
		assertThat(this.models.requests()).hasSize(3);
		ModelRequest request = this.models.requests().getFirst();
		assertThat(request.user()).contains("pot " + this.mark).doesNotContain("@hearth.example", "Ada", "m1-", "user");
		assertThat(request.recipients()).isEqualTo(MEMBERS);
	}

	@Test
	void asksAReviewerAboutCopyThatNoJudgeConfirmed() {
		this.models.script(TestTenant.ID, (request) -> answered(GOOD));
		String campaign = launch();
		Awaitility.await("review").atMost(Duration.ofSeconds(30)).until(() -> {
			this.shop.approve(campaign);
			return this.api.read("/api/v1/campaigns/" + campaign).path("status").asText().equals("in_review");
		});
		JsonNode campaignState = this.api.read("/api/v1/campaigns/" + campaign);
		JsonNode tasks = this.api.read("/engine-rest/task?maxResults=10&processInstanceId="
				+ campaignState.path("processInstanceId").asText());
		assertThat(tasks.size()).isEqualTo(1);
		assertThat(this.api
			.get("/engine-rest/task/" + tasks.path(0).path("id").asText() + "/variables?deserializeValues=false")
			.text()).contains("a language model wrote words that no fact has");
	}

	@Test
	void asksOnceForACorrectionAndThenWritesByRules() {
		AtomicInteger asked = new AtomicInteger();
		this.models.script(TestTenant.ID, (request) -> {
			asked.incrementAndGet();
			return answered(List.of(copy("Half price on ${item} this weekend only", "Only 3 left, order today",
					"50 % off everything", List.of("Everything is 50 % off until Sunday, and only 3 pots are left.",
							"With our lifetime guarantee you get your money back."),
					"Order now")));
		});
		JsonNode send = this.shopSend(launch());
		JsonNode explanation = this.api.read("/api/v1/sends/" + send.path("id").asText()).path("explanation");
		assertThat(explanation.at("/variant/writer").asText()).isEqualTo("rules");
		assertThat(asked).hasValue(2);
		assertThat(this.models.requests().getLast().user()).contains("rejected", "findings", "50 % off everything");
		assertThat(this.models.requests()).as("the gateway sends them")
			.allSatisfy((request) -> this.outboundCheck.check(request.system() + "\n" + request.user(),
					request.identities()));
	}

	@Test
	void writesByRulesWhenNoModelAnswers() {
		this.models.script(TestTenant.ID,
				(request) -> new ModelAnswer.Unanswered(ModelAnswer.Reason.BUDGET_EXHAUSTED, "limit of the day"));
		JsonNode send = this.shopSend(launch());
		JsonNode explanation = this.api.read("/api/v1/sends/" + send.path("id").asText()).path("explanation");
		assertThat(explanation.at("/variant/writer").asText()).isEqualTo("rules");
	}

	@Test
	void writesTheFirstMessageOfAJourneyByRulesAndLaterOnesWithCopy() {
		this.models.script(TestTenant.ID, judged(List.of(PLAIN)));
		assertThat(writerOfNextMessage()).as("a message never waits for a model").isEqualTo("rules");
		Awaitility.await("copy").atMost(Duration.ofSeconds(20)).until(() -> !this.models.requests().isEmpty());
		Awaitility.await("message with copy")
			.atMost(Duration.ofSeconds(20))
			.until(this::writerOfNextMessage, (writer) -> writer.equals("model"));
		assertThat(this.models.requests().getFirst().user()).doesNotContain(this.mark, "hearth.example");
	}

	private String writerOfNextMessage() {
		String user = "j" + ++this.people + "-" + this.mark;
		this.shop.subscribe(user, user + "@hearth.example");
		String send = this.shop.trigger(user, this.shop.approvedTemplate());
		return this.shop.await(send, "accepted", "delivered").at("/explanation/variant/writer").asText();
	}

	private String launch() {
		String segment = "s" + this.mark;
		this.shop.liveSegment(segment, MEMBERS);
		String campaign = this.api
			.post("/api/v1/campaigns",
					"""
							{"name":"Herbs","goal":"news","template":"%s","segment":"%s","category":"Herbs %s"}"""
						.formatted(this.shop.approvedTemplate(), segment, this.mark))
			.expect(201)
			.json()
			.path("id")
			.asText();
		this.api.post("/api/v1/campaigns/" + campaign + "/launch", "").expect(202);
		return campaign;
	}

	private JsonNode shopSend(String campaign) {
		return Awaitility.await("send of the campaign").atMost(Duration.ofSeconds(30)).until(() -> {
			this.shop.approve(campaign);
			for (JsonNode send : this.api.read("/api/v1/sends?campaignId=" + campaign).path("items")) {
				if (send.path("status").asText().matches("accepted|delivered")) {
					return send;
				}
			}
			return PublicApi.JSON.missingNode();
		}, (found) -> !found.isMissingNode());
	}

	/** Answers with copies, and as a judge that supports each of them. */
	private static Function<ModelRequest, ModelAnswer> judged(List<Map<String, Object>> copies) {
		return (request) -> {
			if (request.purpose() == ModelPurpose.WRITE) {
				return answered(copies);
			}
			List<Map<String, Object>> verdicts = Pattern.compile("\"copy\":\"([0-9a-f]+)\"")
				.matcher(request.user())
				.results()
				.map((id) -> Map.<String, Object>of("copy", id.group(1), "supported", true, "unsupported", List.of()))
				.toList();
			return answer(Map.of("verdicts", verdicts));
		};
	}

	private static ModelAnswer answered(List<Map<String, Object>> copies) {
		return answer(Map.of("copies", copies));
	}

	private static ModelAnswer answer(Map<String, Object> json) {
		return new ModelAnswer.Answered(PublicApi.JSON.valueToTree(json), UUID.randomUUID(), "scripted", "test-model",
				new BigDecimal("0.001"));
	}

	private static Map<String, Object> copy(String subject, String preheader, String headline, List<String> paragraphs,
			String button) {
		return Map.of("subject", subject, "preheader", preheader, "headline", headline, "paragraphs", paragraphs,
				"button", button, "closing", "", "claims", List.of(Map.of("text", "the price", "fact", "price")));
	}

}
