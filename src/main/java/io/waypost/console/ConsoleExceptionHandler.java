package io.waypost.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers errors with an HTML page for browsers and with problem details for programs.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleExceptionHandler {

	@ExceptionHandler({ NoResourceFoundException.class, ErrorResponseException.class })
	Object handle(Exception failure, HttpServletRequest request) {
		ErrorResponse response = (ErrorResponse) failure;
		if (failure instanceof NoResourceFoundException) {
			response.getBody()
				.setDetail("There is no %s %s; /v3/api-docs lists the operations".formatted(request.getMethod(),
						request.getRequestURI()));
		}
		return acceptsHtml(request) ? page(response.getStatusCode(), request)
				: ResponseEntity.status(response.getStatusCode())
					.headers(response.getHeaders())
					.<ProblemDetail>body(response.getBody());
	}

	private static ModelAndView page(HttpStatusCode status, HttpServletRequest request) {
		String name = switch (status.value()) {
			case 403, 404 -> String.valueOf(status.value());
			default -> status.is5xxServerError() ? "5xx" : "4xx";
		};
		ModelAndView page = new ModelAndView("error/" + name);
		page.setStatus(status);
		page.addObject("path", request.getRequestURI());
		return page;
	}

	private static boolean acceptsHtml(HttpServletRequest request) {
		@Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains("text/html") && !request.getRequestURI().startsWith("/api/");
	}

}
