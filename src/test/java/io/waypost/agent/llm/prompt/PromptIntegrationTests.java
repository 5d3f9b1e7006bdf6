package io.waypost.agent.llm.prompt;

import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Anna writes versions of a prompt, Ben approves them. */
@WaypostTest
class PromptIntegrationTests {

	private static final String NAME = "write-email";

	private static final String BODY = """
			{"name":"write-email","system":"You write %s e-mail.","user":"Write the copies."}""";

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final TenantId tenant = new TenantId("prompts-" + this.mark);

	@Autowired
	private Prompts prompts;

	@Autowired
	private JdbcClient jdbc;

	@LocalServerPort
	private int port;

	private PublicApi api;

	@BeforeEach
	void createTenant(@Autowired AccountProvisioner accounts) {
		accounts.createTenant(this.tenant);
		for (String name : List.of("anna", "ben")) {
			accounts.createUser(new User(this.tenant, name + '-' + this.mark, EnumSet.of(Role.MARKETER)),
					TestTenant.PASSWORD);
		}
		this.api = PublicApi.on(this.port);
	}

	@Test
	void usesAnApprovedVersionAndGoesBack() {
		Prompt shipped = this.prompts.current(this.tenant, NAME);
		assertThat(shipped.reference()).isEqualTo("write-email@1");
		post("anna", "/api/v1/prompts", BODY.formatted("short")).expect(201);
		assertThat(this.prompts.current(this.tenant, NAME)).isEqualTo(shipped);
		approve("anna", 2).expect(409).says("second person");
		approve("ben", 2).expect(200);
		Prompt live = this.prompts.current(this.tenant, NAME);
		assertThat(live.reference()).isEqualTo("write-email@2");
		assertThat(live.system()).startsWith("You write short e-mail.").endsWith(PromptRepository.DATA_ONLY);
		assertThat(this.prompts.current(new TenantId("other-" + this.mark), NAME)).isEqualTo(shipped);
		approve("anna", 1).expect(200);
		assertThat(this.prompts.current(this.tenant, NAME)).isEqualTo(shipped);
		assertThat(this.jdbc.sql("select count(*) from ledger.entry entry where entry::text like ?")
			.param("%" + this.tenant + "%prompt.approved%")
			.query(Integer.class)
			.single()).isEqualTo(2);
	}

	@Test
	void listsVersionsNewestFirst() {
		post("anna", "/api/v1/prompts", BODY.formatted("short")).expect(201);
		post("ben", "/api/v1/prompts", BODY.formatted("long")).expect(201);
		approve("anna", 3).expect(200);
		JsonNode first = this.api.call("GET", "/api/v1/prompts?limit=2", null, "Authorization", basic("anna"))
			.expect(200)
			.json();
		assertThat(first.path("items").findValuesAsText("version")).containsExactly("3", "2");
		assertThat(first.path("items").findValuesAsText("live")).containsExactly("true", "false");
	}

	@Test
	void refusesWhatItCannotUse() {
		post("anna", "/api/v1/prompts", BODY.replace(NAME, "judge-email")).expect(400).says("judge-email");
		post("anna", "/api/v1/prompts", BODY.replace("Write the copies.", " ")).expect(400).says("is empty");
		post("anna", "/api/v1/prompts", BODY.formatted("x".repeat(20_000))).expect(400).says("20,000");
		approve("ben", 2).expect(404);
	}

	/** The shipped text says the same as what is appended to other versions. */
	@Test
	void shipsTheParagraphThatCannotBeRemoved() {
		assertThat(this.prompts.current(this.tenant, NAME).system()).endsWith(PromptRepository.DATA_ONLY);
	}

	private Reply approve(String user, int version) {
		return post(user, "/api/v1/prompts/write-email/versions/" + version + "/approve", "");
	}

	private Reply post(String user, String path, String body) {
		return this.api.call("POST", path, body, "Authorization", basic(user));
	}

	private String basic(String user) {
		return PublicApi.basic(user + '-' + this.mark, TestTenant.PASSWORD);
	}

}
