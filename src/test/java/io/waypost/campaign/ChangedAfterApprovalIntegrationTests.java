package io.waypost.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import io.waypost.agent.CampaignContentWriter;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.Route;
import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.campaign.content.ContentBriefFactory;
import io.waypost.database.TenantScope;
import io.waypost.kernel.CampaignId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reviewer approved is what is sent; anything else is reviewed again. */
@WaypostTest
class ChangedAfterApprovalIntegrationTests {

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	@Autowired
	private Campaigns campaigns;

	@Autowired
	private CampaignApprovals approvals;

	@Autowired
	private CampaignContentWriter writer;

	private PublicApi api;

	private PublicShop shop;

	@BeforeEach
	void openShop(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
	}

	@Test
	void reviewsTheContentWhenTheTemplateChangedAfterTheApproval() {
		Campaign campaign = approvedForTomorrow();
		assertThat(this.approvals.change(TestTenant.ID, campaign)).isEmpty();
		assertThat(written(campaign).route()).as("as it was approved").isEqualTo(Route.CONTINUE);
		replaceTemplate();
		assertThat(this.approvals.change(TestTenant.ID, campaign)).get()
			.asString()
			.contains(this.shop.approvedTemplate() + " (en@1) was approved", "(en@2)");
		ArchetypeContent changed = written(campaign);
		assertThat(changed.route()).isEqualTo(Route.REVIEW);
		assertThat(changed.explanation().get("findings").toString()).contains("changed_after_approval");
	}

	private Campaign approvedForTomorrow() {
		this.shop.liveSegment("s" + this.mark, 2);
		Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
		String id = this.api
			.post("/api/v1/campaigns",
					"""
							{"name":"Later","goal":"news","template":"%s","segment":"s%s","schedule":"%s"}"""
						.formatted(this.shop.approvedTemplate(), this.mark, tomorrow))
			.expect(201)
			.json()
			.path("id")
			.asText();
		this.api.post("/api/v1/campaigns/" + id + "/launch", "").expect(202);
		Awaitility.await("approval").atMost(Duration.ofSeconds(20)).until(() -> {
			this.shop.approve(id);
			return !this.api.read("/api/v1/campaigns/" + id).path("status").asText().equals("awaiting_approval");
		});
		return this.campaigns.require(TestTenant.ID, CampaignId.of(id));
	}

	/** Its author alone may replace a template of marketing messages. */
	private void replaceTemplate() {
		this.api
			.post("/api/v1/templates",
					"{\"key\":\"%s\",\"topic\":\"marketing\",\"locale\":\"en\",\"subject\":\"Something else\"}"
						.formatted(this.shop.approvedTemplate()))
			.expect(201);
		this.api.post("/api/v1/templates/%s/versions/2/approve".formatted(this.shop.approvedTemplate()), "")
			.expect(200);
	}

	/** Writes the content as the step of the process does. */
	private ArchetypeContent written(Campaign campaign) {
		ContentBrief brief = ContentBriefFactory.of(campaign)
			.withChange(this.approvals.change(TestTenant.ID, campaign).orElse(null));
		return TenantScope
			.of(TestTenant.ID,
					() -> this.writer.write(TestTenant.ID, brief,
							List.of(new Archetype("news|en|*|*|*", "en", 2, List.of()))))
			.getFirst();
	}

}
