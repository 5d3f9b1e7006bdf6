package io.waypost.agent.llm.budget;

import java.util.Locale;

/** What is known about the cost of a call. */
enum ModelCallState {

	/** The call may be running; its highest possible cost is reserved. */
	RESERVED,

	/** The provider has counted the tokens. */
	SETTLED,

	/** The tokens are unknown, so the reserved amount is the cost. */
	KEPT,

	/** The call cost nothing. */
	RELEASED;

	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	static ModelCallState of(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT));
	}

}
