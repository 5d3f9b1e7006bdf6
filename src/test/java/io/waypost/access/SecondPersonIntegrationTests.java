package io.waypost.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import io.waypost.access.key.ApiTokens;
import io.waypost.access.key.TokenScope;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.campaign.CampaignApprovals;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two persons decide, over HTTP: the users Anna and Ben, and tokens of theirs. Ben's
 * token is accepted where Anna is the author; no token of Anna is.
 */
@WaypostTest
class SecondPersonIntegrationTests {

	private static final String KIT = """
			{"senderName":"Corner Shop","senderAddress":"hello@shop.example","postalAddress":["1 High Street","Town"],
			"siteUrl":"https://shop.example","logoUrl":"https://shop.example/logo.png","accentColour":"#224466",
			"linkHosts":["shop.example"%s],"forbiddenWords":["miracle"%s]%s}""";

	private static final String LIVE_BRAND = KIT.formatted("", ",\"bargain\"", "");

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final TenantId tenant = new TenantId("persons-" + this.mark);

	private final String anna = "anna-" + this.mark;

	private final String ben = "ben-" + this.mark;

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private ApiTokens tokens;

	@Autowired
	private CampaignApprovals campaigns;

	@Autowired
	private SecondPerson persons;

	private PublicApi api;

	/** Authorization of a token of Anna. */
	private String annas;

	/** Authorization of a token of Ben. */
	private String bens;

	/** What needs a second person, with the request that adds it and its approval. */
	enum Kind {

		OFFER("/api/v1/offers", """
				{"key":"o","appliesTo":{"category":"Seeds"},"percent":20,"code":"S20","from":"2026-11-30",
				"until":"2126-12-06","names":{"en":"seeds"},"terms":{"en":"Not for gift cards."}}""",
				"/api/v1/offers/o/versions/1/approve"),

		TEMPLATE("/api/v1/templates", """
				{"key":"t","topic":"marketing","locale":"en","subject":"A miracle for you","body":"Hello"}""",
				"/api/v1/templates/t/versions/1/approve"),

		BRAND("/api/v1/brands", KIT.formatted("", "", ""), "/api/v1/brands/default/versions/2/approve"),

		PROMPT("/api/v1/prompts", """
				{"name":"write-email","system":"You write short e-mail.","user":"Write the copies."}""",
				"/api/v1/prompts/write-email/versions/2/approve"),

		SEGMENT("/api/v1/segments", """
				{"name":"s","description":"All","owner":"growth","definition":"everyone"}""",
				"/api/v1/segments/s/versions/1/approve");

		private final String path;

		private final String body;

		private final String approval;

		Kind(String path, String body, String approval) {
			this.path = path;
			this.body = body;
			this.approval = approval;
		}

	}

	@BeforeEach
	void openTenant() {
		this.api = PublicApi.on(this.port);
		this.accounts.createTenant(this.tenant);
		createUser(this.anna);
		this.annas = adminToken(this.anna);
		call(this.annas, "/api/v1/catalog/items", """
				[{"id":"basil","name":"Basil","category":"Seeds","price":3.5,"currency":"EUR",
				"url":"https://shop.example/basil","popularity":3}]""").expect(201);
		call(this.annas, "/api/v1/brands", LIVE_BRAND).expect(201);
		call(this.annas, "/api/v1/brands/default/versions/1/approve", "").expect(200);
	}

	@ParameterizedTest
	@EnumSource
	void countsATokenAsItsOwner(Kind kind) {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		String annasToken = createToken(this.annas, "annas", "MARKETER");
		String made = createToken(this.annas, "maker", "ADMIN");
		String madeByToken = createToken(made, "made", "MARKETER");
		String bensToken = createToken(this.bens, "bens", "MARKETER");
		call(annasToken, kind.path, kind.body).expect(201);
		call(annasToken, kind.approval, "").expect(403, 409);
		call(madeByToken, kind.approval, "").expect(403, 409).says("same person");
		if (kind != Kind.SEGMENT) {
			// Administrators approve their own segments
			call(basic(this.anna), kind.approval, "").expect(409).says("same person").says("Ask another user");
		}
		call(bensToken, kind.approval, "").expect(200);
	}

	@ParameterizedTest
	@EnumSource
	void refusesATokenOfItsAuthor(Kind kind) {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		String annasToken = createToken(this.annas, "annas", "MARKETER");
		call(this.annas, kind.path, kind.body).expect(201);
		call(annasToken, kind.approval, "").expect(403, 409);
		call(this.bens, kind.approval, "").expect(200);
	}

	@Test
	void remembersTheOwnersOfDeletedTokens() {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		String token = createToken(this.annas, "reused", "MARKETER");
		call(token, Kind.OFFER.path, Kind.OFFER.body).expect(201);
		this.api.call("DELETE", "/api/v1/tokens/reused", null, "Authorization", this.annas).expect(204);
		call(this.annas, Kind.OFFER.approval, "").expect(409);
		createToken(this.bens, "reused", "MARKETER");
		call(this.annas, Kind.OFFER.approval, "").expect(409);
		call(this.bens, Kind.OFFER.approval, "").expect(409);
	}

	@ParameterizedTest
	@EnumSource
	void refusesATokenOfTheCommandLine(Kind kind) {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		String secret = this.tokens.create(new Caller(this.tenant, "cli", Set.of(Role.MARKETER)),
				EnumSet.of(TokenScope.READ, TokenScope.WRITE), null, "system:command-line");
		call(this.bens, kind.path, kind.body).expect(201);
		call("Bearer " + secret, kind.approval, "").expect(403, 409).says("no user");
	}

	@Test
	void saysWhatATenantWithOneUserCanDo() {
		call(this.annas, Kind.TEMPLATE.path, Kind.TEMPLATE.body).expect(201);
		call(this.annas, Kind.TEMPLATE.approval, "").expect(409)
			.says("'miracle' is a forbidden word")
			.says("This tenant has one user only")
			.says("POST /api/v1/users");
	}

	@Test
	void letsAuthorsApproveWhatIsHarmless() {
		call(this.annas, "/api/v1/templates",
				"{\"key\":\"t\",\"topic\":\"marketing\",\"locale\":\"en\",\"subject\":\"News\",\"body\":\"Hello\"}")
			.expect(201);
		call(this.annas, Kind.TEMPLATE.approval, "").expect(200);
		call(this.annas, "/api/v1/brands", KIT.formatted("", ",\"bargain\",\"cheap\"", "")).expect(201);
		call(this.annas, "/api/v1/brands/default/versions/2/approve", "").expect(200);
		call(this.annas, "/api/v1/brands/default/versions/1/approve", "").expect(409).says("cheap");
	}

	@Test
	void requiresAnotherPersonForWhatRecipientsSeeOfTheBrand() {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		call(this.annas, "/api/v1/brands", LIVE_BRAND.replace("hello@shop.example", "security@bank.example"))
			.expect(201);
		call(this.annas, Kind.BRAND.approval, "").expect(409).says("another sender address");
		call(this.bens, Kind.BRAND.approval, "").expect(200);
	}

	@Test
	void requiresAnotherPersonForTemplatesWithoutConsentToMarketing() {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		call(this.annas, "/api/v1/templates",
				"{\"key\":\"t\",\"topic\":\"service\",\"locale\":\"en\",\"subject\":\"News\",\"body\":\"Hello\"}")
			.expect(201);
		call(this.annas, Kind.TEMPLATE.approval, "").expect(409).says("the topic 'service'");
		call(this.bens, Kind.TEMPLATE.approval, "").expect(200);
	}

	@Test
	void keepsALiveTemplateLiveForItsAuthor() {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		call(this.annas, Kind.TEMPLATE.path, Kind.TEMPLATE.body).expect(201);
		call(this.bens, Kind.TEMPLATE.approval, "").expect(200);
		call(this.annas, Kind.TEMPLATE.approval, "").expect(200);
	}

	@Test
	void comparesTheOwnersOfACampaign() {
		PublicShop shop = PublicShop.open(this.api);
		String segment = "p" + this.mark;
		shop.liveSegment(segment, 1);
		CampaignId campaign = new CampaignId(UUID.fromString(
				this.api
					.post("/api/v1/campaigns",
							"{\"name\":\"n\",\"template\":\"%s\",\"segment\":\"%s\"}".formatted(shop.approvedTemplate(),
									segment))
					.expect(201)
					.json()
					.path("id")
					.asText()));
		String owner = this.persons.owner(TestTenant.ID, "token:test-token").orElseThrow();
		this.accounts.createApiToken(new Caller(TestTenant.ID, this.mark, Set.of(Role.REVIEWER)), owner, this.mark);
		assertThat(this.campaigns.isSelfApproval(TestTenant.ID, campaign, "token:test-token")).isTrue();
		assertThat(this.campaigns.isSelfApproval(TestTenant.ID, campaign, "token:" + this.mark)).isTrue();
		assertThat(this.campaigns.isSelfApproval(TestTenant.ID, campaign, "user:" + owner)).isTrue();
		assertThat(this.campaigns.isSelfApproval(TestTenant.ID, campaign, "token:unknown")).isTrue();
		assertThat(this.campaigns.isSelfApproval(TestTenant.ID, campaign, "token:" + TestTenant.COLLEAGUE)).isFalse();
		assertThat(this.campaigns.isSelfApproval(TestTenant.ID, campaign, "user:" + this.ben)).isFalse();
	}

	@Test
	void listsTheOwnersOfTokens() {
		createUser(this.ben);
		this.bens = adminToken(this.ben);
		String admin = createToken(basic(this.anna), "a", "ADMIN");
		createToken(admin, "b", "MARKETER");
		createToken(this.bens, "c", "MARKETER");
		Reply list = this.api.call("GET", "/api/v1/tokens", null, "Authorization", admin).expect(200);
		assertThat(list.json().path("items").findValuesAsText("owner")).containsExactly(this.anna, this.anna, this.ben,
				this.anna, this.ben);
	}

	private String adminToken(String owner) {
		this.accounts.createApiToken(new Caller(this.tenant, "of-" + owner, EnumSet.of(Role.MARKETER, Role.ADMIN)),
				owner, "of-" + owner);
		return "Bearer of-" + owner;
	}

	private void createUser(String name) {
		this.accounts.createUser(new User(this.tenant, name, EnumSet.of(Role.MARKETER, Role.ADMIN)),
				TestTenant.PASSWORD);
	}

	private String createToken(String caller, String name, String role) {
		return "Bearer " + call(caller, "/api/v1/tokens", "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role))
			.expect(201)
			.json()
			.path("token")
			.asText();
	}

	private Reply call(String authorization, String path, String body) {
		return this.api.post(path, body, "Authorization", authorization);
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder()
			.encodeToString((user + ":" + TestTenant.PASSWORD).getBytes(StandardCharsets.UTF_8));
	}

}
