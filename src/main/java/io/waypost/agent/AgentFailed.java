package io.waypost.agent;

/**
 * An agent cannot do its job for these messages, and repeating would not help. The
 * journey takes the way it draws for this: usually the rule-based writer.
 */
public class AgentFailed extends RuntimeException {

	private final String agent;

	private final String code;

	/**
	 * Names agent and reason.
	 * @param agent for example {@code planner}
	 * @param code short code, for example {@code template_missing}
	 * @param detail what is missing and the way out; no personal data
	 */
	public AgentFailed(String agent, String code, String detail) {
		super(detail);
		this.agent = agent;
		this.code = code;
	}

	/**
	 * Which agent gave up.
	 * @return its name
	 */
	public String agent() {
		return this.agent;
	}

	/**
	 * Why, as a short code.
	 * @return the code
	 */
	public String code() {
		return this.code;
	}

}
