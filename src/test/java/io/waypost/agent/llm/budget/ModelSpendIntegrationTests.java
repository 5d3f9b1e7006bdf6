package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.budget.ModelBudget.CallResult;
import io.waypost.agent.llm.budget.ModelBudget.SpendDecision.Reserved;
import io.waypost.agent.llm.budget.ModelBudget.SpendRequest;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.Browser;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads costs and calls through the API. */
@WaypostTest
class ModelSpendIntegrationTests {

	private final CampaignId campaign = new CampaignId(UUID.randomUUID());

	private final TenantId tenant = new TenantId("spend-" + this.campaign.value().toString().substring(0, 8));

	@Autowired
	private ModelBudget budget;

	@LocalServerPort
	private int port;

	private PublicApi api;

	/** A tenant of its own, because its costs are added up. */
	@BeforeEach
	void createTenant(@Autowired AccountProvisioner accounts) {
		accounts.createTenant(this.tenant);
		accounts.createUser(new User(this.tenant, name(Role.MARKETER), EnumSet.of(Role.MARKETER)), TestTenant.PASSWORD);
		for (Role role : List.of(Role.MARKETER, Role.OPERATOR)) {
			accounts.createApiToken(new Caller(this.tenant, name(role), EnumSet.of(role)), name(role), name(role));
		}
		this.api = PublicApi.on(this.port).as(name(Role.MARKETER));
	}

	private String name(Role role) {
		return this.tenant + "-" + role.name().toLowerCase(Locale.ROOT);
	}

	@Test
	void addsUpCostsByEveryGroup() {
		settle(this.tenant, this.campaign, "openai", "gpt-4o-mini", ModelPurpose.WRITE,
				new TokenUsage(1234, 2048, 0, 567));
		settle(this.tenant, this.campaign, "anthropic", "claude-haiku-4.5", ModelPurpose.JUDGE,
				new TokenUsage(400, 3000, 2000, 700));
		settle(this.tenant, null, "anthropic", "claude-haiku-4.5", ModelPurpose.WRITE, new TokenUsage(0, 0, 0, 1));
		settle(new TenantId("other-" + this.tenant), null, "openai", "gpt-4o-mini", ModelPurpose.PLAN,
				new TokenUsage(9, 9, 9, 9));
		Reserved running = reserve(this.tenant, null, "openai", "gpt-4o-mini", ModelPurpose.WRITE);
		JsonNode spend = this.api.read("/api/v1/model-spend");
		String today = spend.path("to").asText();
		assertThat(spend.path("total").path("cost").decimalValue()).isEqualByComparingTo("0.0073839");
		assertThat(spend.path("total").path("calls").asInt()).isEqualTo(4);
		assertThat(groups(spend, "byDay")).containsExactly(today + " 0.0073839");
		assertThat(groups(spend, "byProvider")).containsExactly("anthropic 0.006705", "openai 0.0006789");
		assertThat(groups(spend, "byModel")).containsExactly("claude-haiku-4.5 0.006705", "gpt-4o-mini 0.0006789");
		assertThat(spend.path("byModel").get(0).path("provider").asText()).isEqualTo("anthropic");
		assertThat(spend.path("byModel").get(0).path("cacheWriteTokens").asInt()).isEqualTo(2000);
		assertThat(groups(spend, "byPurpose")).containsExactly("judge 0.0067", "write 0.0006839");
		JsonNode ofCampaign = spend.path("byCampaign").get(0);
		assertThat(spend.path("byCampaign")).hasSize(1);
		assertThat(ofCampaign.path("campaignId").asText()).isEqualTo(this.campaign.toString());
		assertThat(ofCampaign.path("costPerThousandRecipients").decimalValue()).as("0.0073789 for 4,000")
			.isEqualByComparingTo("0.001844725");
		assertThat(spend.path("today").path("reserved").decimalValue()).isEqualByComparingTo(running.amount());
		assertThat(spend.path("today").path("left").decimalValue())
			.isEqualByComparingTo(new BigDecimal("1999.9926161").subtract(running.amount()));
	}

	private static List<String> groups(JsonNode spend, String by) {
		List<String> groups = new ArrayList<>();
		spend.path(by)
			.forEach((group) -> groups.add(group.path("name").asText() + " "
					+ group.path("cost").decimalValue().stripTrailingZeros().toPlainString()));
		return groups;
	}

	@Test
	void readsOnlyTheDaysAsked() {
		settle(this.tenant, null, "openai", "gpt-4o-mini", ModelPurpose.WRITE, new TokenUsage(1, 0, 0, 0));
		String today = this.api.read("/api/v1/model-spend").path("to").asText();
		String yesterday = LocalDate.parse(today).minusDays(1).toString();
		assertThat(total("?from=" + yesterday + "&to=" + yesterday)).isZero();
		assertThat(total("?from=" + today + "&to=" + today)).isOne();
		this.api.get("/api/v1/model-spend?from=2026-01-02&to=2026-01-01").expect(400).says("are 0 days");
		this.api.get("/api/v1/model-spend?from=2024-01-01&to=2026-01-01").expect(400).says("1 to 366 days");
		this.api.get("/api/v1/model-spend?from=yesterday").expect(400).says("'yesterday' is not a day");
		this.api.get("/api/v1/model-spend?to=%2B99999-01-01").expect(400).says("is not a day");
	}

	private int total(String query) {
		return this.api.read("/api/v1/model-spend" + query).path("total").path("calls").asInt();
	}

	@Test
	void listsCallsPageByPage() {
		List<String> ids = new ArrayList<>();
		for (ModelPurpose purpose : List.of(ModelPurpose.WRITE, ModelPurpose.JUDGE, ModelPurpose.WRITE)) {
			ids.addFirst(
					settle(this.tenant, this.campaign, "openai", "gpt-4o-mini", purpose, new TokenUsage(1, 0, 0, 0))
						.call()
						.toString());
		}
		String path = "/api/v1/model-calls?limit=2&campaign=" + this.campaign;
		JsonNode first = this.api.read(path);
		assertThat(first.path("items").findValuesAsText("id")).containsExactly(ids.get(0), ids.get(1));
		assertThat(first.path("items").get(0).has("prompt")).isFalse();
		JsonNode second = this.api.read(path + "&cursor=" + first.path("nextCursor").asText());
		assertThat(second.path("items").findValuesAsText("id")).containsExactly(ids.get(2));
		assertThat(second.path("nextCursor").isNull()).isTrue();
		assertThat(this.api.read(path + "&purpose=judge").path("items").findValuesAsText("id"))
			.containsExactly(ids.get(1));
		this.api.get(path + "&purpose=sing").expect(400).says("use one of write, judge, plan");
		this.api.get("/api/v1/model-calls?campaign=spring").expect(400).says("is not the id of a campaign");
		this.api.get("/api/v1/model-calls?cursor=x").expect(400);
	}

	@Test
	void showsOneCallWithItsTexts() {
		Reserved call = settle(this.tenant, this.campaign, "openai", "gpt-4o-mini", ModelPurpose.WRITE,
				new TokenUsage(1234, 2048, 0, 567));
		JsonNode shown = this.api.read("/api/v1/model-calls/" + call.call());
		assertThat(shown.path("prompt").asText()).isEqualTo("Write to [removed].");
		assertThat(shown.path("answer").asText()).isEqualTo("{\"subject\":\"Hello\"}");
		assertThat(shown.path("cost").decimalValue()).isEqualByComparingTo("0.0006789");
		assertThat(shown.path("reportedModel").asText()).isEqualTo("gpt-4o-mini-2024-07-18");
		assertThat(shown.path("latencyMillis").asInt()).isEqualTo(1200);
		this.api.as(name(Role.OPERATOR)).get("/api/v1/model-calls/" + call.call()).expect(403);
		this.api.get("/api/v1/model-calls/" + UUID.randomUUID()).expect(404).says("There is no call");
		this.api.get("/api/v1/model-calls/none").expect(404);
	}

	@Test
	void hidesCallsOfOtherTenants() {
		Reserved foreign = settle(new TenantId("foreign-" + this.tenant), this.campaign, "openai", "gpt-4o-mini",
				ModelPurpose.WRITE, new TokenUsage(1, 0, 0, 0));
		this.api.get("/api/v1/model-calls/" + foreign.call()).expect(404);
		assertThat(this.api.read("/api/v1/model-calls?campaign=" + this.campaign).path("items")).isEmpty();
		assertThat(this.api.read("/api/v1/model-spend").path("total").path("calls").asInt()).isZero();
	}

	@Test
	void showsCostsOnAPage() {
		settle(this.tenant, this.campaign, "openai", "gpt-4o-mini", ModelPurpose.WRITE,
				new TokenUsage(1234, 2048, 0, 567));
		String page = Browser.signIn("http://127.0.0.1:" + this.port, name(Role.MARKETER)).get("/ai-spend").body();
		assertThat(page)
			.contains("AI spend", "$0.0007", "gpt-4o-mini", "openai", "Write copy", this.campaign.toString(), "$0.0002",
					"of $0.50<", "$1,999.99", "$0.0007 of $2,000.00", "aria-current=\"page\"")
			.doesNotContain("No calls in the last 30 days");
	}

	private Reserved settle(TenantId tenant, @Nullable CampaignId paying, String provider, String model,
			ModelPurpose purpose, TokenUsage usage) {
		Reserved call = reserve(tenant, paying, provider, model, purpose);
		this.budget.settle(call,
				new CallResult("answered", model + "-2024-07-18", "{\"subject\":\"Hello\"}", Duration.ofMillis(1_200)),
				usage);
		return call;
	}

	private Reserved reserve(TenantId tenant, @Nullable CampaignId paying, String provider, String model,
			ModelPurpose purpose) {
		return (Reserved) this.budget.reserve(new SpendRequest(tenant, purpose, paying, (paying != null) ? 4_000 : 0,
				provider, model, "key", "write-email@1", 5_000, 1_000, "Write to anna.meyer@example.org."));
	}

}
