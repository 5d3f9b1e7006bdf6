package io.waypost.access.signin;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Writes problem details (RFC 9457) for requests that are not authenticated or not
 * authorised. The challenge is always Bearer: with a Basic challenge a browser keeps the
 * password and sends it with forged requests. SCIM has a format of its own.
 */
@Component
public class SecurityProblemHandler implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final String RETRY_SECONDS = "30";

	private static final String SCIM_TYPE = "application/scim+json";

	private static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

	private final ObjectMapper json;

	SecurityProblemHandler(ObjectMapper json) {
		this.json = json;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (failure instanceof TooManyAttemptsException) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
			write(request, response, HttpStatus.TOO_MANY_REQUESTS,
					"Too many failed sign-in attempts; retry after %s seconds".formatted(RETRY_SECONDS));
			return;
		}
		if (failure instanceof TwoStepException) {
			write(request, response, HttpStatus.UNAUTHORIZED,
					"The account has two-step sign-in and cannot use HTTP Basic; send 'Authorization: Bearer <API token>'");
			return;
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"waypost\"");
		write(request, response, HttpStatus.UNAUTHORIZED,
				"Sign in with 'Authorization: Bearer <API token>' or with a user's name and password by HTTP Basic");
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
			throws IOException {
		String detail = (failure instanceof CsrfException)
				? "A request of a browser session needs the session's CSRF token; programs send 'Authorization: Bearer' instead"
				: "None of your roles allows %s %s; ask an administrator".formatted(request.getMethod(),
						request.getRequestURI());
		write(request, response, HttpStatus.FORBIDDEN, detail);
	}

	/**
	 * Writes a problem. Headers such as Retry-After are set by the caller before.
	 */
	public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
			throws IOException {
		if (BearerTokenFilter.isScim(request)) {
			response.setStatus(status.value());
			response.setContentType(SCIM_TYPE);
			this.json.writeValue(response.getOutputStream(),
					Map.of("schemas", List.of(SCIM_ERROR), "status", String.valueOf(status.value()), "detail", detail));
			return;
		}
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setInstance(URI.create(request.getRequestURI()));
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.json.writeValue(response.getOutputStream(), problem);
	}

}
