package io.waypost.access.signin;

import io.waypost.kernel.InvalidSettingException;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The scraper's token reads metrics and nothing else. */
class MetricsTokenSettingsTests {

	private static final String TOKEN = "a".repeat(31) + "b";

	private final MetricsTokenSettings metrics = new MetricsTokenSettings(TOKEN + "\n");

	@Test
	void admitsTheScraper() {
		assertThat(this.metrics.admits(request("GET", "/actuator/prometheus"), TOKEN)).isTrue();
	}

	@Test
	void admitsNothingElse() {
		assertThat(this.metrics.admits(request("GET", "/actuator/prometheus"), TOKEN + "c")).isFalse();
		assertThat(this.metrics.admits(request("GET", "/actuator/prometheus"), "")).isFalse();
		for (String path : new String[] { "/actuator/prometheus/", "/actuator/prometheus/../env", "/actuator/health",
				"/api/v1/sends", "/engine-rest/task", "/actuator//prometheus" }) {
			assertThat(this.metrics.admits(request("GET", path), TOKEN)).as(path).isFalse();
		}
		assertThat(this.metrics.admits(request("POST", "/actuator/prometheus"), TOKEN)).isFalse();
		assertThat(new MetricsTokenSettings(null).admits(request("GET", "/actuator/prometheus"), "")).isFalse();
	}

	@Test
	void refusesAShortToken() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new MetricsTokenSettings("short-token"))
			.withMessageContaining("waypost.access.metrics-token")
			.withMessageNotContaining("short-token");
	}

	private static MockHttpServletRequest request(String method, String path) {
		return new MockHttpServletRequest(method, path);
	}

}
