package io.waypost.journey.engine.identity;

import java.net.http.HttpResponse;

import io.waypost.access.Role;
import io.waypost.testing.Browser;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@WaypostTest
class TasklistSignInIntegrationTests {

	@Autowired
	private TestRestTemplate http;

	@Test
	void acceptsTheSessionOfAReviewerInTasklist() {
		Browser reviewer = Browser.signIn(this.http.getRootUri(), TestTenant.user(Role.REVIEWER));
		assertThat(reviewer.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
		HttpResponse<String> user = reviewer.get("/camunda/api/admin/auth/user/default");
		assertThat(user.statusCode()).as(user.body()).isEqualTo(200);
		assertThat(user.body()).contains(TestTenant.user(Role.REVIEWER), "tasklist")
			.doesNotContain("cockpit", "\"admin\"");
	}

	@Test
	void offersReviewersTheirFilter() {
		Browser reviewer = Browser.signIn(this.http.getRootUri(), TestTenant.user(Role.REVIEWER));
		HttpResponse<String> filters = reviewer.get("/camunda/api/engine/engine/default/filter?maxResults=20");
		assertThat(filters.statusCode()).as(filters.body()).isEqualTo(200);
		assertThat(filters.body()).contains("Content to review").doesNotContain("Overdue reviews");
	}

	@Test
	void keepsMarketersOutOfTasklist() {
		Browser marketer = Browser.signIn(this.http.getRootUri(), TestTenant.user(Role.MARKETER));
		HttpResponse<String> user = marketer.get("/camunda/api/admin/auth/user/default");
		assertThat(user.statusCode()).as("no user in Camunda's applications").isEqualTo(404);
	}

	@Test
	void redirectsAnonymousUsersToSignIn() throws Exception {
		assertThat(
				this.http.getForEntity("/camunda/api/engine/engine/default/task", String.class).getStatusCode().value())
			.isEqualTo(401);
	}

}
