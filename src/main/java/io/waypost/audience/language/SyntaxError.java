package io.waypost.audience.language;

import java.util.Collection;

import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/**
 * Reading cannot go on. It never leaves this package: {@link SegmentLanguage} answers
 * with {@link ParseResult.Misread}.
 */
final class SyntaxError extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient ParseResult.SyntaxProblem problem;

	SyntaxError(SegmentToken token, String problem, Collection<String> meant) {
		super(problem, null, false, false);
		this.problem = new ParseResult.SyntaxProblem(token.position(), token.text(), problem,
				Suggestions.closest(token.text(), meant).orElse(null));
	}

	SyntaxError(SegmentToken token, String problem, @Nullable String suggestion) {
		super(problem, null, false, false);
		this.problem = new ParseResult.SyntaxProblem(token.position(), token.text(), problem, suggestion);
	}

	ParseResult.SyntaxProblem problem() {
		return this.problem;
	}

}
