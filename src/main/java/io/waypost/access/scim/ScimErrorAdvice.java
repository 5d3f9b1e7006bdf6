package io.waypost.access.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.InvalidRequestException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Writes errors of the SCIM controllers in the format of RFC 7644 3.12. */
@RestControllerAdvice(basePackageClasses = ScimErrorAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ScimErrorAdvice {

	@ExceptionHandler
	ResponseEntity<ObjectNode> handle(ScimException failure) {
		return error(failure.status().value(), failure.type(), String.valueOf(failure.getMessage()), new HttpHeaders());
	}

	@ExceptionHandler
	ResponseEntity<ObjectNode> handle(InvalidRequestException failure) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(failure.getHeaders());
		int status = failure.getStatusCode().value();
		return error(status, (status == HttpStatus.BAD_REQUEST.value()) ? "invalidValue" : "", failure.details(),
				headers);
	}

	@ExceptionHandler
	ResponseEntity<ObjectNode> handle(HttpMessageNotReadableException failure) {
		return error(HttpStatus.BAD_REQUEST.value(), "invalidSyntax", "The body is not valid JSON", new HttpHeaders());
	}

	@ExceptionHandler
	ResponseEntity<ObjectNode> handle(MethodArgumentTypeMismatchException failure) {
		return error(HttpStatus.BAD_REQUEST.value(), "invalidValue",
				"%s '%s' is not a number".formatted(failure.getName(), failure.getValue()), new HttpHeaders());
	}

	/** Another request created or deleted the same resource meanwhile. */
	@ExceptionHandler
	ResponseEntity<ObjectNode> handle(DataIntegrityViolationException failure) {
		return error(HttpStatus.CONFLICT.value(), "uniqueness",
				"Another request changed the same resource meanwhile; repeat the request", new HttpHeaders());
	}

	private static ResponseEntity<ObjectNode> error(int status, String type, String detail, HttpHeaders headers) {
		return ResponseEntity.status(status)
			.headers(headers)
			.contentType(MediaType.parseMediaType(ScimJson.MEDIA_TYPE))
			.body(ScimJson.error(status, type, detail));
	}

}
