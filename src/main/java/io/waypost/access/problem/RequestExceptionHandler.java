package io.waypost.access.problem;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.waypost.kernel.InvalidCursorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Writes problem details for requests that Spring MVC refuses before a controller runs.
 * Spring's own messages name neither the wrong value nor the remedy.
 */
@ControllerAdvice
class RequestExceptionHandler extends ResponseEntityExceptionHandler {

	private static final Logger LOG = LoggerFactory.getLogger(RequestExceptionHandler.class);

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, UnreadableBodyDetail.detail(failure));
		if (failure.getCause() instanceof JsonMappingException mismatch) {
			problem.setProperty("errors", List.of(UnreadableBodyDetail.violation(mismatch)));
		}
		return handleExceptionInternal(failure, problem, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException failure, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		Class<?> expected = failure.getRequiredType();
		String form = (expected == UUID.class) ? "an id from an earlier response" : "a whole number";
		return respond(failure,
				"%s is '%s'; it must be %s".formatted(failure.getPropertyName(), failure.getValue(),
						(expected == boolean.class || expected == Boolean.class) ? "true or false" : form),
				headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
			HttpRequestMethodNotSupportedException failure, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		return respond(failure, "%s is not supported here; use %s".formatted(failure.getMethod(),
				String.valueOf(failure.getSupportedHttpMethods())), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
			HttpMediaTypeNotSupportedException failure, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		return respond(failure, "Content-Type '%s' is not supported here; send one of %s"
			.formatted(failure.getContentType(), failure.getSupportedMediaTypes()), headers, status, request);
	}

	@ExceptionHandler(InvalidCursorException.class)
	@Nullable ResponseEntity<Object> handleInvalidCursor(InvalidCursorException failure, WebRequest request) {
		return respond(failure, String.valueOf(failure.getMessage()), new HttpHeaders(), HttpStatus.BAD_REQUEST,
				request);
	}

	/**
	 * A value that the database refuses is the caller's mistake, and so is a row that
	 * another request deleted or created meanwhile. Other failures stay failures.
	 */
	@ExceptionHandler
	@Nullable ResponseEntity<Object> handleDataIntegrity(DataIntegrityViolationException failure, WebRequest request) {
		String state = SqlFailure.state(failure);
		if (state.startsWith(SqlFailure.DATA_EXCEPTION)) {
			return respond(failure, "A value is out of the range that can be stored; correct it", new HttpHeaders(),
					HttpStatus.BAD_REQUEST, request);
		}
		if (SqlFailure.CHANGED_MEANWHILE.contains(state)) {
			return conflict(failure, request);
		}
		throw failure;
	}

	@ExceptionHandler
	@Nullable ResponseEntity<Object> handleConcurrency(ConcurrencyFailureException failure, WebRequest request) {
		return conflict(failure, request);
	}

	private @Nullable ResponseEntity<Object> conflict(Exception failure, WebRequest request) {
		LOG.info("{} was answered with 409: {}", request.getDescription(false), failure.getClass().getSimpleName());
		return respond(failure, "Another request changed or deleted the same data meanwhile; repeat the request",
				new HttpHeaders(), HttpStatus.CONFLICT, request);
	}

	private @Nullable ResponseEntity<Object> respond(Exception failure, String detail, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		return handleExceptionInternal(failure, ProblemDetail.forStatusAndDetail(status, detail), headers, status,
				request);
	}

}
