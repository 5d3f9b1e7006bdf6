package io.waypost.access.scim;

import org.springframework.http.HttpStatus;

/** A request that is refused, with the error type of RFC 7644 3.12. */
final class ScimException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private final String type;

	private ScimException(HttpStatus status, String type, String detail) {
		super(detail);
		this.status = status;
		this.type = type;
	}

	static ScimException invalidValue(String detail) {
		return new ScimException(HttpStatus.BAD_REQUEST, "invalidValue", detail);
	}

	static ScimException invalidSyntax(String detail) {
		return new ScimException(HttpStatus.BAD_REQUEST, "invalidSyntax", detail);
	}

	static ScimException invalidFilter(String detail) {
		return new ScimException(HttpStatus.BAD_REQUEST, "invalidFilter", detail);
	}

	static ScimException invalidPath(String detail) {
		return new ScimException(HttpStatus.BAD_REQUEST, "invalidPath", detail);
	}

	static ScimException noTarget(String detail) {
		return new ScimException(HttpStatus.BAD_REQUEST, "noTarget", detail);
	}

	static ScimException uniqueness(String detail) {
		return new ScimException(HttpStatus.CONFLICT, "uniqueness", detail);
	}

	static ScimException notFound(String detail) {
		return new ScimException(HttpStatus.NOT_FOUND, "", detail);
	}

	HttpStatus status() {
		return this.status;
	}

	/** Returns the error type; empty without one. */
	String type() {
		return this.type;
	}

}
