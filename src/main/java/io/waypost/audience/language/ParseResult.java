package io.waypost.audience.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Result of parsing a definition. */
public sealed interface ParseResult {

	/**
	 * A valid definition.
	 *
	 * @param condition the condition
	 * @param references names of segments it refers to, with the position of the first
	 * reference
	 */
	record ParsedCondition(Condition condition, Map<String, SourcePosition> references) implements ParseResult {

		public ParsedCondition {
			references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
		}

	}

	/**
	 * A syntax error.
	 *
	 * @param position where it is
	 * @param word the token at the position, empty at the end
	 * @param problem what is wrong and what was expected
	 * @param suggestion what was probably meant, null if no name is close
	 */
	record SyntaxProblem(SourcePosition position, String word, String problem,
			@Nullable String suggestion) implements ParseResult {

		/**
		 * Formats the error.
		 * @return one sentence with position, problem and suggestion
		 */
		public String detail() {
			String place = this.position + ": " + (this.word.isEmpty() ? "the end" : "'" + this.word + "'");
			return place + ' ' + this.problem
					+ ((this.suggestion != null) ? "; did you mean '" + this.suggestion + "'?" : "");
		}

	}

}
