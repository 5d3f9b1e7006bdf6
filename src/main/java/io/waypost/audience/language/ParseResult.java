package io.waypost.audience.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What came of reading a definition. */
public sealed interface ParseResult {

	/**
	 * It makes sense.
	 *
	 * @param condition what it says
	 * @param references segments it refers to, and where it does first
	 */
	record ParsedCondition(Condition condition, Map<String, SourcePosition> references) implements ParseResult {

		public ParsedCondition {
			references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
		}

	}

	/**
	 * It does not.
	 *
	 * @param position where
	 * @param word what stands there, empty at the end
	 * @param problem what is wrong with it and what was expected instead
	 * @param suggestion what was probably meant, null when nothing comes close
	 */
	record SyntaxProblem(SourcePosition position, String word, String problem,
			@Nullable String suggestion) implements ParseResult {

		/**
		 * Says all of it.
		 * @return one sentence for people
		 */
		public String detail() {
			String place = this.position + ": " + (this.word.isEmpty() ? "the end" : "'" + this.word + "'");
			return place + ' ' + this.problem
					+ ((this.suggestion != null) ? "; did you mean '" + this.suggestion + "'?" : "");
		}

	}

}
