package io.waypost.access.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import io.waypost.kernel.InvalidSettingException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The token of the metrics scraper. It opens {@code GET /actuator/prometheus}; every
 * other endpoint treats it as an unknown token.
 *
 * @param metricsToken token with which Prometheus reads {@code /actuator/prometheus} and
 * nothing else, at least 32 characters; without it, operators and administrators only
 */
@ConfigurationProperties("waypost.access")
record MetricsTokenSettings(@Nullable String metricsToken) {

	/** Authority of the scraper, without any right. */
	static final String AUTHORITY = "METRICS";

	static final String PATH = "/actuator/prometheus";

	private static final int MIN_LENGTH = 32;

	MetricsTokenSettings {
		if (metricsToken != null && metricsToken.strip().length() < MIN_LENGTH) {
			throw new InvalidSettingException(
					"waypost.access.metrics-token has %d characters, but at least %d are required".formatted(
							metricsToken.strip().length(), MIN_LENGTH),
					"Create a token with: openssl rand -hex 32");
		}
	}

	/** Checks in constant time whether the scraper may send this request. */
	boolean admits(HttpServletRequest request, String bearer) {
		return this.metricsToken != null && "GET".equals(request.getMethod()) && PATH.equals(request.getRequestURI())
				&& MessageDigest.isEqual(this.metricsToken.strip().getBytes(StandardCharsets.UTF_8),
						bearer.getBytes(StandardCharsets.UTF_8));
	}

	static Authentication authentication() {
		return UsernamePasswordAuthenticationToken.authenticated("metrics", null,
				List.of(new SimpleGrantedAuthority("ROLE_" + AUTHORITY)));
	}

	@Override
	public String toString() {
		return "MetricsTokenSettings[***]";
	}

}
