package io.waypost.journey;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.testing.Browser;
import io.waypost.testing.MutableClock;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** An ordinary promotion, from the offer to the e-mail. */
@WaypostTest
class OfferCampaignIntegrationTests {

	private static final String COLLEAGUE = "offer-colleague";

	private static final int MEMBERS = 4;

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final String key = "seeds-" + this.mark;

	private final String category = "Seeds " + this.mark;

	@Autowired
	private MutableClock clock;

	private PublicApi api;

	private PublicShop shop;

	@BeforeEach
	void openShop(@LocalServerPort int port, @Autowired AccountProvisioner accounts) {
		accounts.createApiToken(new Caller(TestTenant.ID, COLLEAGUE, EnumSet.of(Role.MARKETER)), COLLEAGUE, COLLEAGUE);
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
		List<String> products = new ArrayList<>();
		for (String name : List.of("Basil", "Thyme", "Dill")) {
			products.add("""
					{"id":"%1$s-%2$s","name":"%1$s bag %2$s","category":"%3$s","price":3.5,"currency":"EUR",
					"url":"https://shop.example/%1$s","popularity":3}""".formatted(name, this.mark, this.category));
		}
		this.api.post("/api/v1/catalog/items", products.toString()).expect(201);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void announcesAnApprovedOffer() {
		LocalDate until = today().plusDays(6);
		addOffer(until);
		this.api.as(COLLEAGUE).post("/api/v1/offers/" + this.key + "/versions/1/approve", "").expect(200);
		String campaign = campaign();
		this.api.post("/api/v1/campaigns/" + campaign + "/launch", "").expect(202);
		String send = delivered(campaign);
		String day = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH).format(until);
		JsonNode content = this.api.read("/api/v1/sends/" + send + "/content");
		assertThat(content.path("text").asText()).contains("20% off seeds", "Until " + day, "SPRING20");
		assertThat(content.path("html").asText()).contains("bag " + this.mark);
		JsonNode explanation = this.api.read("/api/v1/sends/" + send).path("explanation");
		assertThat(explanation.at("/plan/offer").asText()).isEqualTo(this.key + "@1");
		assertThat(explanation.at("/plan/facts").toString()).contains("offer:" + this.key + "@1/percent",
				"offer:" + this.key + "@1/until", until.toString());
		assertThat(explanation.at("/findings/worst").asText()).isEqualTo("none");
	}

	@Test
	void needsTheApprovalOfAnotherUser() {
		addOffer(today().plusDays(6));
		this.api.post("/api/v1/offers/" + this.key + "/versions/1/approve", "")
			.expect(409)
			.says("needs the approval of a second person");
		String campaign = campaign();
		this.api.post("/api/v1/campaigns/" + campaign + "/launch", "")
			.expect(400)
			.says("offer '" + this.key + "' has no approved version");
		assertThat(this.api.read("/api/v1/campaigns/" + campaign).path("status").asText()).isEqualTo("draft");
	}

	@Test
	void refusesToLaunchWithAnOfferThatHasEnded() {
		LocalDate until = today().plusDays(1);
		addOffer(until);
		this.api.as(COLLEAGUE).post("/api/v1/offers/" + this.key + "/versions/1/approve", "").expect(200);
		String campaign = campaign();
		this.clock.advance(Duration.ofDays(2));
		this.api.post("/api/v1/campaigns/" + campaign + "/launch", "")
			.expect(400)
			.says("offer '" + this.key + "' ends on " + until);
	}

	@Test
	void refusesBriefsAndOffersThatCannotWork() {
		this.api
			.post("/api/v1/campaigns",
					"""
							{"name":"No offer","template":"%s","segment":"%s","offer":"nothing"}"""
						.formatted(this.shop.approvedTemplate(), "s" + this.mark))
			.expect(400)
			.says("there is no offer 'nothing'");
		this.api
			.post("/api/v1/offers",
					"""
							{"key":"%s","appliesTo":{"category":"Seedz %s"},"percent":20,"amount":3}"""
						.formatted(this.key, this.mark))
			.expect(400)
			.says("give either percent, or amount and currency");
		this.api.post("/api/v1/offers", """
				{"key":"%s","appliesTo":{"category":"Seedz %s"},"percent":20}""".formatted(this.key, this.mark))
			.expect(400)
			.says("did you mean '" + this.category + "'?");
	}

	@Test
	void offersItInTheCampaignForm() {
		addOffer(today().plusDays(6));
		this.api.as(COLLEAGUE).post("/api/v1/offers/" + this.key + "/versions/1/approve", "").expect(200);
		String page = Browser.signIn(this.api.base(), TestTenant.user(Role.MARKETER)).get("/campaigns/new").body();
		assertThat(page).contains("value=\"" + this.key + "\"", "20% off seeds until");
	}

	private void addOffer(LocalDate until) {
		JsonNode added = this.api
			.post("/api/v1/offers",
					"""
							{"key":"%s","appliesTo":{"category":"%s"},"percent":20,"code":"SPRING20","until":"%s",
							"names":{"en":"seeds","de":"Saatgut","fr":"les graines"},"terms":{"en":"While the offer lasts."}}"""
						.formatted(this.key, this.category, until))
			.expect(201)
			.json();
		assertThat(added.path("version").asInt()).isEqualTo(1);
		assertThat(added.path("live").asBoolean()).isFalse();
	}

	private String campaign() {
		return this.api
			.post("/api/v1/campaigns",
					"""
							{"name":"Seeds","goal":"sale","template":"%s","segment":"%s","offer":"%s"}"""
						.formatted(this.shop.approvedTemplate(), segment(), this.key))
			.expect(201)
			.json()
			.path("id")
			.asText();
	}

	private String delivered(String campaign) {
		return Awaitility.await("send of the campaign").atMost(Duration.ofSeconds(30)).until(() -> {
			this.shop.approve(campaign);
			for (JsonNode send : this.api.read("/api/v1/sends?campaignId=" + campaign).path("items")) {
				if (send.path("status").asText().matches("accepted|delivered")) {
					return send.path("id").asText();
				}
			}
			return "";
		}, (found) -> !found.isEmpty());
	}

	private String segment() {
		String name = "s" + this.mark;
		this.shop.liveSegment(name, MEMBERS);
		return name;
	}

	private LocalDate today() {
		return LocalDate.ofInstant(Instant.now(this.clock), ZoneOffset.UTC);
	}

}
