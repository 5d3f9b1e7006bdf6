package io.waypost.access;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that cannot be carried out. Spring renders it as
 * {@code application/problem+json} (RFC 9457).
 */
public class InvalidRequestException extends ErrorResponseException {

	/**
	 * One error in a request.
	 *
	 * @param pointer place of the invalid value: a JSON pointer (RFC 6901) for a body,
	 * {@code ?name} for a parameter, the name for a header
	 * @param detail what is wrong and how to fix it
	 */
	public record Violation(String pointer, String detail) {

	}

	private final transient List<Violation> violations;

	public InvalidRequestException(HttpStatus status, String detail, List<Violation> violations) {
		super(status, problem(status, detail, violations), null);
		this.violations = List.copyOf(violations);
	}

	/**
	 * Makes a 400 that lists the errors of a body.
	 * @param violations at least one
	 * @return the exception to throw
	 */
	public static InvalidRequestException badRequest(List<Violation> violations) {
		Violation first = violations.getFirst();
		String detail = first.pointer().isEmpty() ? first.detail() : first.pointer() + ": " + first.detail();
		return new InvalidRequestException(HttpStatus.BAD_REQUEST, detail, violations);
	}

	/**
	 * Makes a 400 for one wrong value.
	 * @param pointer place of the value, see {@link Violation}
	 * @param detail what is wrong and how to fix it
	 * @return the exception to throw
	 */
	public static InvalidRequestException badRequest(String pointer, String detail) {
		return badRequest(List.of(new Violation(pointer, detail)));
	}

	/**
	 * Makes a 404.
	 * @param detail what was not found, and where to find the existing values
	 * @return the exception to throw
	 */
	public static InvalidRequestException notFound(String detail) {
		return new InvalidRequestException(HttpStatus.NOT_FOUND, detail, List.of());
	}

	/**
	 * Makes a 404 for one value of the request.
	 * @param pointer place of the value, see {@link Violation}
	 * @param detail what was not found, and where to find the existing values
	 * @return the exception to throw
	 */
	public static InvalidRequestException notFound(String pointer, String detail) {
		return new InvalidRequestException(HttpStatus.NOT_FOUND, detail, List.of(new Violation(pointer, detail)));
	}

	/**
	 * Makes a 409.
	 * @param detail the conflict, and how to resolve it
	 * @return the exception to throw
	 */
	public static InvalidRequestException conflict(String detail) {
		return new InvalidRequestException(HttpStatus.CONFLICT, detail, List.of());
	}

	/**
	 * Returns all errors in one text, for callers without an HTTP response.
	 * @return each error with its pointer; the detail when there is no list
	 */
	public String details() {
		return this.violations.isEmpty() ? String.valueOf(getBody().getDetail())
				: this.violations.stream()
					.map((violation) -> violation.pointer() + ": " + violation.detail())
					.collect(Collectors.joining("; "));
	}

	private static ProblemDetail problem(HttpStatus status, String detail, List<Violation> violations) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		if (!violations.isEmpty()) {
			problem.setProperty("errors", violations);
		}
		return problem;
	}

}
