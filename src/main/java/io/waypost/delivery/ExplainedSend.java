package io.waypost.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

import io.waypost.access.Caller;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.IdentifierMask;
import org.jspecify.annotations.Nullable;

/**
 * A send with its explanation.
 *
 * @param send the send
 * @param explanation sections in the order in which they happened: {@code trigger},
 * {@code journey}, {@code plan}, {@code features}, {@code permission}, {@code
 * throttling}, {@code variant}, {@code versions}, {@code scores}, {@code findings},
 * {@code review}, {@code dispatch}, {@code attempts}, {@code events}, {@code ledger}; a
 * section that did not happen is absent
 */
public record ExplainedSend(Send send, Map<String, Object> explanation) {

	private static final String PROPERTIES = "properties";

	/**
	 * Returns the explanation as a caller may see it. The properties of a request are
	 * free text of a program.
	 * @param person details of the recipient, null if there are none
	 * @param caller the caller
	 * @return the same explanation, or one with masked properties
	 */
	public ExplainedSend shownTo(Caller caller, @Nullable ContactDetails person) {
		Object properties = IdentifierMask.values(this.explanation.get(PROPERTIES), person, caller);
		if (properties == null) {
			return this;
		}
		Map<String, Object> shown = new LinkedHashMap<>(this.explanation);
		shown.put(PROPERTIES, properties);
		return new ExplainedSend(this.send, shown);
	}

}
