package io.waypost;

import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

@WaypostTest
class WaypostApplicationIntegrationTests {

	@Autowired
	private TestRestTemplate http;

	@Test
	void reportsHealth() {
		assertThat(this.http.getForEntity("/actuator/health", String.class).getStatusCode()).isEqualTo(HttpStatus.OK);
	}

}
