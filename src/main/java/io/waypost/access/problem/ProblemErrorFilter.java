package io.waypost.access.problem;

import java.io.IOException;
import java.util.Objects;

import io.waypost.access.signin.SecurityProblemHandler;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers errors of the APIs outside controllers with problem details, whatever the
 * caller accepts: unexpected failures, and paths that the firewall refuses. Runs in error
 * dispatches only.
 */
class ProblemErrorFilter extends OncePerRequestFilter {

	private final SecurityProblemHandler problems;

	ProblemErrorFilter(SecurityProblemHandler problems) {
		this.problems = problems;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !ProblemReportValve.isApi(path(request));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpStatus status = Objects.requireNonNullElse(HttpStatus.resolve(response.getStatus()),
				HttpStatus.INTERNAL_SERVER_ERROR);
		HttpServletRequest original = new HttpServletRequestWrapper(request) {

			@Override
			public String getRequestURI() {
				return path(request);
			}

		};
		this.problems.write(original, response, status, detail(status));
	}

	private static String detail(HttpStatus status) {
		if (status.is5xxServerError()) {
			return "The request failed unexpectedly; the log of the server names the cause";
		}
		return (status == HttpStatus.BAD_REQUEST)
				? "The request line is not valid. A path must not contain //, %25, ; or control characters"
				: "The request was refused: " + status.getReasonPhrase();
	}

	private static String path(HttpServletRequest request) {
		return String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
	}

}
