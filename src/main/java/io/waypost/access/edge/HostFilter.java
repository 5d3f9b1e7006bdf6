package io.waypost.access.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests for other host names, and tells browsers to use HTTPS only. The health
 * check is open for all names, because orchestrators call it by address.
 */
class HostFilter extends OncePerRequestFilter {

	private static final String HEALTH = "/actuator/health";

	private static final String HTTPS_ONLY = "max-age=%d ; includeSubDomains"
		.formatted(Duration.ofDays(365).toSeconds());

	private final Set<String> hosts;

	private final ObjectMapper json;

	/**
	 * Makes a filter.
	 * @param hosts allowed names in lower case
	 * @param json writes the refusal
	 */
	HostFilter(Set<String> hosts, ObjectMapper json) {
		this.hosts = Set.copyOf(hosts);
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Strict-Transport-Security", HTTPS_ONLY);
		String host = request.getServerName();
		if (!this.hosts.contains(host.toLowerCase(Locale.ROOT)) && !request.getRequestURI().startsWith(HEALTH)) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			this.json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
					"The host '%s' is not served here; use that of waypost.public-url, or add it to waypost.access.allowed-hosts"
						.formatted(host)));
			return;
		}
		chain.doFilter(request, response);
	}

}
