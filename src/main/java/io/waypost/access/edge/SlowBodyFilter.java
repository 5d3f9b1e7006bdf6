package io.waypost.access.edge;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SlowBody;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a request whose body was too slow, whatever the code that read it made of the
 * failure. Tomcat, for example, treats a form that it cannot read as one without fields.
 */
class SlowBodyFilter extends OncePerRequestFilter {

	/** These read the body themselves. */
	private static final List<String> RAW = List.of("/v1/", "/webhooks/", "/engine-rest/", "/camunda/");

	private final ObjectMapper json;

	/**
	 * Makes a filter.
	 * @param json writes the refusal
	 */
	SlowBodyFilter(ObjectMapper json) {
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			if (isForm(request)) {
				// Reads the form, so that a refusal comes before any code misses a field
				request.getParameterMap();
			}
			if (SlowBody.refusal(request).isEmpty()) {
				chain.doFilter(request, response);
			}
		}
		catch (ServletException | IOException | RuntimeException failure) {
			if (SlowBody.refusal(request).isEmpty()) {
				throw failure;
			}
		}
		InvalidRequestException refusal = SlowBody.refusal(request).orElse(null);
		if (refusal != null && !response.isCommitted()) {
			response.reset();
			response.setStatus(refusal.getStatusCode().value());
			response.setHeader(HttpHeaders.CONNECTION, "close");
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			this.json.writeValue(response.getOutputStream(), refusal.getBody());
		}
	}

	private static boolean isForm(HttpServletRequest request) {
		String type = request.getContentType();
		return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				&& RAW.stream().noneMatch(request.getRequestURI()::startsWith);
	}

}
