package io.waypost.access;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that cannot be carried out as it was sent. Spring answers it as
 * {@code application/problem+json} (RFC 9457).
 */
public class InvalidRequest extends ErrorResponseException {

	/**
	 * One thing that is wrong with a body.
	 *
	 * @param pointer JSON pointer (RFC 6901) to the offending value
	 * @param detail what is wrong and how to mend it
	 */
	public record Violation(String pointer, String detail) {

	}

	public InvalidRequest(HttpStatus status, String detail, List<Violation> violations) {
		super(status, problem(status, detail, violations), null);
	}

	/**
	 * A 400 that names what is wrong with the body.
	 * @param violations at least one
	 * @return the exception to throw
	 */
	public static InvalidRequest badRequest(List<Violation> violations) {
		Violation first = violations.getFirst();
		return new InvalidRequest(HttpStatus.BAD_REQUEST, first.pointer() + ": " + first.detail(), violations);
	}

	/**
	 * A 400 for one offending value.
	 * @param pointer JSON pointer to it
	 * @param detail what is wrong and how to mend it
	 * @return the exception to throw
	 */
	public static InvalidRequest badRequest(String pointer, String detail) {
		return badRequest(List.of(new Violation(pointer, detail)));
	}

	/**
	 * A 404.
	 * @param detail what was looked for, and where it could be found
	 * @return the exception to throw
	 */
	public static InvalidRequest notFound(String detail) {
		return new InvalidRequest(HttpStatus.NOT_FOUND, detail, List.of());
	}

	/**
	 * A 409.
	 * @param detail what stands in the way, and the way out
	 * @return the exception to throw
	 */
	public static InvalidRequest conflict(String detail) {
		return new InvalidRequest(HttpStatus.CONFLICT, detail, List.of());
	}

	private static ProblemDetail problem(HttpStatus status, String detail, List<Violation> violations) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		if (!violations.isEmpty()) {
			problem.setProperty("errors", violations);
		}
		return problem;
	}

}
