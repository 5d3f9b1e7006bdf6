package io.waypost.ingestion.csv;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** The import of profiles by HTTP. */
@WaypostTest
class ProfileImportApiIntegrationTests {

	private static final MediaType CSV = new MediaType("text", "csv");

	private final String mark = UUID.randomUUID().toString();

	@Autowired
	private TestRestTemplate http;

	@Test
	void reportsEveryRejectedRowAndLosesNone() {
		ResponseEntity<JsonNode> answer = post(Role.MARKETER, CSV, """
				userId,email,consent.offers
				%1$s-a,a@example.com,yes
				,nobody@example.com,yes
				%1$s-b,b@,yes
				%1$s-c,c@example.com,perhaps
				%1$s-d,d@example.com
				%1$s-e,e@example.com,no
				""".formatted(this.mark));
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
		JsonNode report = answer.getBody();
		assertThat(report.path("rows").asInt()).isEqualTo(6);
		assertThat(report.path("accepted").asInt()).isEqualTo(2);
		assertThat(report.path("rejected").asInt()).isEqualTo(4);
		assertThat(report.path("rejections").findValuesAsText("line")).containsExactly("3", "4", "5", "6");
		assertThat(report.path("rejections").findValuesAsText("column")).containsExactly("userId", "email",
				"consent.offers", "");
		assertThat(report.path("rejections").findValuesAsText("reason"))
			.allSatisfy((reason) -> assertThat(reason).isNotBlank().doesNotContain("perhaps", "nobody@example.com"));
		for (String user : new String[] { "a", "e" }) {
			assertThat(profile(user).getStatusCode()).as("accepted " + user).isEqualTo(HttpStatus.OK);
		}
		for (String user : new String[] { "b", "c", "d" }) {
			assertThat(profile(user).getStatusCode()).as("rejected " + user).isEqualTo(HttpStatus.NOT_FOUND);
		}
	}

	@Test
	void importsTheSameFileTwiceWithoutDuplicates() {
		String file = "userId,email\n%1$s-t,t@example.com\n".formatted(this.mark);
		assertThat(post(Role.ADMIN, CSV, file).getBody().path("accepted").asInt()).isEqualTo(1);
		String first = profile("t").getBody().path("id").asText();
		assertThat(post(Role.ADMIN, CSV, file).getBody().path("accepted").asInt()).isEqualTo(1);
		assertThat(profile("t").getBody().path("id").asText()).isEqualTo(first).isNotBlank();
	}

	/** Replacement characters would appear in messages. */
	@Test
	void rejectsRowsThatAreNotUtf8() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(CSV);
		headers.setBearerAuth(TestTenant.token(Role.MARKETER));
		byte[] file = "userId,firstName\n%1$s-l,Jürgen\n%1$s-m,Ann\n".formatted(this.mark)
			.getBytes(StandardCharsets.ISO_8859_1);
		JsonNode report = this.http
			.exchange("/api/v1/profiles/import", HttpMethod.POST, new HttpEntity<>(file, headers), JsonNode.class)
			.getBody();
		assertThat(report.path("accepted").asInt()).isEqualTo(1);
		assertThat(report.at("/rejections/0/line").asInt()).isEqualTo(2);
		assertThat(report.at("/rejections/0/column").asText()).isEqualTo("firstName");
		assertThat(report.at("/rejections/0/reason").asText()).contains("UTF-8");
	}

	@Test
	void namesTheUnknownColumn() {
		ResponseEntity<JsonNode> answer = post(Role.MARKETER, CSV, "userId,shoeSize\na,42\n");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getHeaders().getContentType().isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)).isTrue();
		assertThat(answer.getBody().toString()).contains("shoeSize");
	}

	@Test
	void acceptsCsvOnly() {
		assertThat(post(Role.MARKETER, MediaType.APPLICATION_JSON, "{}").getStatusCode())
			.isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "OPERATOR", "MODELER", "REVIEWER", "COMPLIANCE" })
	void rejectsOtherRoles(Role role) {
		assertThat(post(role, CSV, "userId\n%s-x\n".formatted(this.mark)).getStatusCode())
			.isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(profile("x").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void rejectsUnauthenticatedRequests() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(CSV);
		headers.setBearerAuth("nobodys-token");
		assertThat(this.http
			.exchange("/api/v1/profiles/import", HttpMethod.POST, new HttpEntity<>("userId\nx\n", headers),
					String.class)
			.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	private ResponseEntity<JsonNode> post(Role role, MediaType type, String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(type);
		headers.setBearerAuth(TestTenant.token(role));
		return this.http.exchange("/api/v1/profiles/import", HttpMethod.POST, new HttpEntity<>(body, headers),
				JsonNode.class);
	}

	private ResponseEntity<JsonNode> profile(String user) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(TestTenant.token(Role.ADMIN));
		return this.http.exchange("/api/v1/profiles/{user}", HttpMethod.GET, new HttpEntity<>(headers), JsonNode.class,
				this.mark + "-" + user);
	}

}
