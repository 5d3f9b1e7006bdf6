package io.waypost.audience.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What came of reading a definition. */
public sealed interface Reading {

	/**
	 * It makes sense.
	 *
	 * @param condition what it says
	 * @param references segments it refers to, and where it does first
	 */
	record Read(Condition condition, Map<String, Position> references) implements Reading {

		public Read {
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
	record Misread(Position position, String word, String problem, @Nullable String suggestion) implements Reading {

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
