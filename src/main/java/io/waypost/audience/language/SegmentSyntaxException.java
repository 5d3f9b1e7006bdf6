package io.waypost.audience.language;

import java.util.Collection;

import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a definition cannot be parsed. It does not leave this package: with
 * {@link ParseResult.Misread}.
 */
final class SegmentSyntaxException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient ParseResult.SyntaxProblem problem;

	SegmentSyntaxException(SegmentToken token, String problem, Collection<String> candidates) {
		super(problem, null, false, false);
		this.problem = new ParseResult.SyntaxProblem(token.position(), token.text(), problem,
				Suggestions.closest(token.text(), candidates).orElse(null));
	}

	SegmentSyntaxException(SegmentToken token, String problem, @Nullable String suggestion) {
		super(problem, null, false, false);
		this.problem = new ParseResult.SyntaxProblem(token.position(), token.text(), problem, suggestion);
	}

	ParseResult.SyntaxProblem problem() {
		return this.problem;
	}

}
